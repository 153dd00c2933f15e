// The attacks of somebody who holds the database and the key of the log. What such a person makes
// fits in itself, so each test shows first that the self-check is content, and then who sees it.
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_files.h"
#include "core/ledger/ledger_jobs.h"
#include "core/ledger/ledger_opening.h"
#include "core/ledger/ledger_sealer.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_store_tree.h"
#include "core/ledger/ledger_verify.h"
#include "engine/merkle/merkle_policy.h"
#include "engine/merkle/merkle_proof.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::ledger {
namespace {

constexpr const char* origin = "langnghe.example/so-cai";

// One history told under the key in `folder`. Histories of the same acts are the same, salt for
// salt: a forger who holds the database can copy the part he keeps.
struct History : test::World {
  std::string key_path;
  std::unique_ptr<Sealer> sealer;
  CitizenKey citizen = CitizenKey::from_secret("23456789ABCDEFGHJKLM");

  explicit History(const test::Folder& folder, const std::string& second = "")
      : key_path((folder.path / "ledger.key").string()),
        sealer(Sealer::open(database, {origin, key_path, second, [this] { return now; }}, random)) {
  }

  Appended add(const Entry& entry, std::uint64_t seed) {
    SeededRandom own(seed);
    const Salts salts = draw(own);
    const auto done = write([&](db::Write& to) { return append(to, entry, salts); });
    REQUIRE(done.ok());
    return done.value();
  }
  Appended receive(std::int64_t id) {
    const auto seed = static_cast<std::uint64_t>(id);
    SeededRandom own(1'000 + seed);
    const CaseKey key = draw_case_key(own);
    Entry entry{.event = Event::received, .subject = {"feedback", id}, .at = now};
    entry.party = Party::citizen;
    entry.body = "Nước yếu";
    entry.due = test::monday + std::chrono::hours(24);
    entry.case_key = &key;
    entry.registers = citizen.public_key();
    return add(entry, seed);
  }
  Appended act(std::int64_t id, Event event, Instant at) {
    return add({.event = event, .subject = {"feedback", id}, .at = at}, 5'000);
  }
  merkle::Receipt receipt(std::int64_t id, std::size_t seq = 0) {
    return read(
        [&](db::Read& from) { return receipts_of(from, {"feedback", id}, "ABCD2345").at(seq); });
  }
  Head newest() {
    return read([](db::Read& from) { return head(from).value(); });
  }
  Hash root(std::int64_t size) {
    return read([&](db::Read& from) { return root_at(from, size).value(); });
  }
  bool is_content() {
    return read([](db::Read& from) { return verify_all(from); }).empty();
  }
  // Whether this history can show that it goes on from a head that somebody kept.
  bool follows(const Head& kept) {
    const Head last = newest();
    const auto size = [](const Head& it) { return static_cast<std::uint64_t>(it.size); };
    const merkle::Proof proof = read([&](db::Read& from) {
      return merkle::prove_consistency(size(kept), size(last), subtrees(from));
    });
    return merkle::is_consistent({size(kept), size(last), kept.root, last.root}, proof);
  }
  merkle::Policy policy() const { return merkle::Policy::of(sealer->verifier(), ""); }
  bool is_signed(const Head& head) const { return policy().judge(head.note).has_value(); }
};

}  // namespace

TEST_CASE("who deletes a case and signs the whole history anew is exposed by every head kept") {
  const test::Folder folder;
  History told(folder);
  for (const std::int64_t id : {1, 2, 3}) told.receive(id);
  const merkle::Receipt receipt = told.receipt(2);
  const Head kept = told.newest();

  History forged(folder);
  for (const std::int64_t id : {1, 3, 4, 5}) forged.receive(id);
  REQUIRE(forged.is_content());
  REQUIRE(forged.is_signed(forged.newest()));
  // The receipt still holds, under a head that the same key has signed.
  const merkle::Policy policy = forged.policy();
  CHECK(examine(receipt, &policy).ok());
  // The log that is shown now cannot have grown from that head.
  CHECK(forged.root(kept.size) != kept.root);
  CHECK_FALSE(forged.follows(kept));
  // One that only grew can.
  for (const std::int64_t id : {4, 5}) told.receive(id);
  CHECK(told.follows(kept));
}

TEST_CASE("who edits a case and signs anew cannot put the old receipt under the new head") {
  const test::Folder folder;
  History told(folder);
  told.receive(1);
  told.receive(2);
  told.act(1, Event::answered, told.now);
  merkle::Receipt receipt = told.receipt(1, 1);

  History forged(folder);
  forged.receive(1);
  forged.receive(2);
  forged.act(1, Event::declined, forged.now);
  REQUIRE(forged.is_content());
  const merkle::Policy policy = forged.policy();
  REQUIRE(examine(receipt, &policy).ok());
  receipt.checkpoint = forged.newest().note;
  const auto examined = examine(receipt, &policy);
  REQUIRE_FALSE(examined.ok());
  CHECK(examined.error().text == "ledger.receipt.not_in_tree"_t);
}

TEST_CASE("who shows one reader another history leaves two signed heads that cannot both be") {
  const test::Folder folder;
  History city(folder), village(folder);
  for (History* each : {&city, &village}) {
    each->receive(1);
    each->receive(2);
  }
  const Head shared = city.newest();
  REQUIRE(shared.root == village.newest().root);
  city.act(1, Event::answered, city.now);
  village.act(1, Event::declined, village.now);
  REQUIRE(city.is_content());
  REQUIRE(village.is_content());
  // Each reader alone sees a log that only grew.
  CHECK(city.follows(shared));
  CHECK(village.follows(shared));
  // Together they hold the evidence: one key, one size, two roots.
  const Head one = city.newest(), other = village.newest();
  CHECK(city.is_signed(one));
  CHECK(city.is_signed(other));
  CHECK(one.size == other.size);
  CHECK(one.root != other.root);
  CHECK_FALSE(village.follows(one));
  // Growing further does not bring the two together again.
  for (History* each : {&city, &village}) each->receive(3);
  CHECK_FALSE(village.follows(one));
  CHECK_FALSE(city.follows(other));
}

TEST_CASE("an answer with an earlier date is not in the head that was published at that date") {
  const test::Folder folder;
  History told(folder);
  told.receive(1);
  const Instant due = test::monday + std::chrono::hours(24);
  told.now = due;
  publish_tick(told.database, tick_default, told.now);
  const Head at_due = told.read([](db::Read& from) { return published_head(from).value(); });
  REQUIRE(at_due.at == due);

  told.now = due + std::chrono::hours(5);
  const Appended answer = told.act(1, Event::answered, due - std::chrono::hours(1));
  merkle::Receipt receipt = told.receipt(1, 1);
  const merkle::Policy policy = told.policy();
  const auto examined = examine(receipt, &policy);
  REQUIRE(examined.ok());
  // What it says of itself is on time,
  CHECK(text_in(examined.value().opening.payload, "t") ==
        std::string_view(to_iso(due - std::chrono::hours(1))));
  // and its line came after everything that was sealed at the due date.
  CHECK(answer.index >= at_due.size);
  receipt.checkpoint = at_due.note;
  CHECK_FALSE(examine(receipt, &policy).ok());
}

TEST_CASE("a history rewritten on the city's own machine does not start beside the second file") {
  const test::Folder folder;
  const std::string second = (folder.path / "ledger.head").string();
  {
    History told(folder, second);
    for (const std::int64_t id : {1, 2, 3}) told.receive(id);
  }
  // The forged database is longer and fits in itself; it was made where no second file was.
  History forged(folder);
  for (const std::int64_t id : {1, 3, 4, 5}) forged.receive(id);
  REQUIRE(forged.is_content());
  forged.sealer.reset();
  const auto start = [&] {
    return Sealer::open(forged.database,
                        {origin, forged.key_path, second, [&] { return forged.now; }},
                        forged.random);
  };
  CHECK_THROWS_AS(static_cast<void>(start()), db::Failure);
}

}  // namespace ln::ledger
