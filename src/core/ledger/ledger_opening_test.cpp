#include "core/ledger/ledger_opening.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <memory>

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_sealer.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_store_tree.h"
#include "core/ledger/ledger_verify.h"
#include "engine/merkle/merkle_compact.h"
#include "test/world.h"

namespace ln::ledger {
namespace {

constexpr std::string_view told = "Đường vào xóm ngập mỗi khi mưa.";
constexpr std::string_view code = "ABCD2345";

// A case with three events among others, and the receipts of its holder.
struct Case : test::World {
  std::unique_ptr<Sealer> sealer =
      Sealer::open(database, {"so-cai.example", "", "", [this] { return now; }}, random);
  CitizenKey citizen = CitizenKey::from_secret("23456789ABCDEFGHJKLM");
  CaseKey key = draw_case_key(random), other_key = draw_case_key(random);

  Case() {
    begin(1, &key);
    begin(2, &other_key);
    go_on(1, Event::accepted);
    go_on(2, Event::accepted);
    go_on(1, Event::answered);
  }
  void add(const Entry& entry) {
    const Salts salts = draw(random);
    REQUIRE(write([&](db::Write& to) { return append(to, entry, salts); }).ok());
  }
  void begin(std::int64_t id, const CaseKey* case_key) {
    Entry entry{.event = Event::received, .subject = {"feedback", id}, .at = now};
    entry.body = told;
    entry.case_key = case_key;
    entry.registers = citizen.public_key();
    add(entry);
  }
  void go_on(std::int64_t id, Event event) {
    add({.event = event, .subject = {"feedback", id}, .at = now});
  }
  std::vector<merkle::Receipt> receipts(std::int64_t id = 1) {
    return read([&](db::Read& from) { return receipts_of(from, {"feedback", id}, code); });
  }
  merkle::Policy policy() const { return merkle::Policy::of(sealer->verifier(), ""); }
};

TextKey refusal(const Result<Examined>& examined) {
  REQUIRE_FALSE(examined.ok());
  return examined.error().text;
}

}  // namespace

TEST_CASE("a receipt is examined without us, and shows what was recorded") {
  Case world;
  const merkle::Policy policy = world.policy();
  const auto receipts = world.receipts();
  REQUIRE(receipts.size() == 3);
  // As it comes back from a file, and from paper.
  for (const auto& read : {merkle::Receipt::parse(receipts[0].text()),
                           merkle::from_qr_text(merkle::to_qr_text(receipts[0]).value())}) {
    REQUIRE(read);
    const auto examined = examine(*read, &policy);
    REQUIRE(examined.ok());
    CHECK(examined.value().seq == 0);
    CHECK(examined.value().opening.code == code);
    CHECK(text_in(examined.value().opening.payload, "k") == "received");
    CHECK(examined.value().verdict->checkpoint.origin == "so-cai.example");
    CHECK(is_text_of(examined.value().opening, told));
    CHECK_FALSE(is_text_of(examined.value().opening, std::string(told) + " "));
  }
  CHECK(examine(receipts[2], nullptr).ok());
  CHECK_FALSE(examine(receipts[2], nullptr).value().verdict);
}

TEST_CASE("a receipt that was changed anywhere is refused, with the reason") {
  Case world;
  const merkle::Policy policy = world.policy();
  const merkle::Receipt good = world.receipts().at(1);
  const auto changed = [&](const std::function<void(merkle::Receipt&, Opening&)>& change) {
    merkle::Receipt receipt = good;
    Opening opening = Opening::parse(receipt.extra).value();
    receipt.extra.clear();
    change(receipt, opening);
    if (receipt.extra.empty()) receipt.extra = opening.bytes();
    return refusal(examine(receipt, &policy));
  };
  const TextKey not_in_tree = "ledger.receipt.not_in_tree"_t;
  const auto alter = [](std::string& text, std::string_view from, std::string_view to) {
    text.replace(text.find(from), from.size(), to);
  };
  CHECK(changed([&](auto&, Opening& it) { alter(it.payload, "accepted", "answered"); }) ==
        not_in_tree);
  CHECK(changed([&](auto&, Opening& it) { alter(it.payload, "2026", "2025"); }) == not_in_tree);
  CHECK(changed([](auto&, Opening& it) { it.salts.commit[5] ^= 1U; }) == not_in_tree);
  CHECK(changed([](auto&, Opening& it) { it.key[5] ^= 1U; }) == not_in_tree);
  CHECK(changed([](merkle::Receipt& it, Opening&) { ++it.index; }) == not_in_tree);
  CHECK(changed([](merkle::Receipt& it, Opening&) { it.proof[0][0] ^= 1U; }) == not_in_tree);
  CHECK(changed([](merkle::Receipt& it, Opening&) { it.proof.pop_back(); }) == not_in_tree);
  CHECK(changed([](merkle::Receipt& it, Opening&) { it.extra = "x"; }) ==
        "ledger.receipt.no_opening"_t);
  CHECK(changed([&](auto&, Opening& it) { alter(it.payload, "\"seq\":1", "\"seq\":x"); }) ==
        "ledger.receipt.no_opening"_t);
  CHECK(changed([](merkle::Receipt& it, Opening&) { it.checkpoint = "x"; }) ==
        "ledger.receipt.no_head"_t);
  // A head that somebody else has signed, and one that nobody has seen.
  const merkle::Signer stranger("so-cai.example", world.random.bytes<32>());
  CHECK(changed([&](merkle::Receipt& it, Opening&) {
          merkle::Note note = merkle::Note::parse(it.checkpoint).value();
          note.signatures = {stranger.sign(note.text)};
          it.checkpoint = note.serialise();
        }) == "ledger.receipt.not_signed"_t);
  const merkle::Signer witness("mttq.example", world.random.bytes<32>(), merkle::KeyKind::witness);
  const auto strict =
      merkle::Policy::parse("log " + world.sealer->verifier().text() + "\nwitness a " +
                            witness.verifier().text() + "\nquorum a\n");
  REQUIRE(strict);
  CHECK(refusal(examine(good, &*strict)) == "ledger.receipt.no_quorum"_t);
  merkle::Receipt seen = good;
  merkle::Note note = merkle::Note::parse(seen.checkpoint).value();
  note.signatures.push_back(witness.cosign(note.text, 1'800'000'000));
  seen.checkpoint = note.serialise();
  CHECK(examine(seen, &*strict).value().verdict->witnesses.size() == 1);
}

TEST_CASE("a whole case is examined from its first event to its last") {
  Case world;
  const merkle::Policy policy = world.policy();
  const auto receipts = world.receipts();
  const auto again = receipts_in(bundle_of(receipts));
  REQUIRE(again);
  CHECK(*again == receipts);
  const auto all = examine_case(*again, &policy);
  REQUIRE(all.ok());
  CHECK(all.value().size() == 3);
  CHECK(text_in(all.value()[2].opening.payload, "k") == "answered");

  const auto is_gap = [&](std::vector<merkle::Receipt> some) {
    const auto examined = examine_case(some, &policy);
    return !examined.ok() && examined.error().text == "ledger.receipt.gap"_t;
  };
  CHECK(is_gap({receipts[1], receipts[2]}));           // the first is missing
  CHECK(is_gap({receipts[0], receipts[2]}));           // one in the middle
  CHECK(is_gap({receipts[0], receipts[0]}));           // one twice
  CHECK(is_gap({receipts[0], world.receipts(2)[1]}));  // of another case
  CHECK_FALSE(receipts_in(""));
  CHECK_FALSE(receipts_in(receipts[0].text()));  // not ended
  CHECK_FALSE(receipts_in(bundle_of(receipts) + "x"));
}

TEST_CASE("a whole case shows that an act of the sender was somebody else's") {
  Case world;
  Entry rated{.event = Event::rated, .subject = {"feedback", 1}, .at = world.now};
  rated.party = Party::citizen;
  rated.citizen = &world.citizen;
  world.add(rated);
  CHECK(examine_case(world.receipts(), nullptr).ok());
  // The office holds the case key, so it can write a line that opens, but not sign for the sender.
  const CitizenKey office = CitizenKey::from_secret("MLKJHGFEDCBA98765432");
  for (const CitizenKey* signer : {static_cast<const CitizenKey*>(nullptr), &office}) {
    Case forged;
    rated.citizen = signer;
    const Salts salts = draw(forged.random);
    forged.write([&](db::Write& to) {
      const auto last = find_last(to, {"feedback", 1}).value();
      const std::string payload = payload_of(rated, last.seq + 1, last.leaf_hash, salts);
      const Leaf leaf = merkle::make_leaf(merkle::tag_of(forged.key, 3),
                                          merkle::commit_to(salts.commit, payload));
      to.run("INSERT INTO ledger_leaf (id, leaf) VALUES (6, $1)", db::Blob{leaf});
      to.run(
          "INSERT INTO ledger_entry (id, at, event, subject_kind, subject_id, seq, party, payload) "
          "VALUES (6, 0, 'rated', 'feedback', 1, 3, 'citizen', $1)",
          payload);
      to.run("INSERT INTO ledger_secret (id, commit_salt, body_salt) VALUES (6, $1, $2)",
             db::Blob{salts.commit}, db::Blob{salts.body});
    });
    const auto examined = examine_case(forged.receipts(), nullptr);
    REQUIRE_FALSE(examined.ok());
    CHECK(examined.error().text == "ledger.receipt.act_not_signed"_t);
  }
}

TEST_CASE("what was committed to in another spelling of JSON is refused, by receipt and by audit") {
  for (const bool is_canonical : {true, false}) {
    CAPTURE(is_canonical);
    Case world;
    const Salts salts = draw(world.random);
    world.write([&](db::Write& to) {
      const auto last = find_last(to, {"feedback", 1}).value();
      const Entry entry{.event = Event::closed, .subject = {"feedback", 1}, .at = world.now};
      std::string payload = payload_of(entry, last.seq + 1, last.leaf_hash, salts);
      // A reader that takes the last of two words, and one that takes the first, see two things.
      if (!is_canonical) payload.insert(1, R"("k": "declined",)");
      const Leaf leaf =
          merkle::make_leaf(merkle::tag_of(world.key, 3), merkle::commit_to(salts.commit, payload));
      to.run("INSERT INTO ledger_leaf (id, leaf) VALUES (6, $1)", db::Blob{leaf});
      to.run(
          "INSERT INTO ledger_entry (id, at, event, subject_kind, subject_id, seq, party, payload) "
          "VALUES (6, 0, 'closed', 'feedback', 1, 3, 'office', $1)",
          payload);
      to.run("INSERT INTO ledger_secret (id, commit_salt, body_salt) VALUES (6, $1, $2)",
             db::Blob{salts.commit}, db::Blob{salts.body});
    });
    const auto receipts = world.receipts();
    REQUIRE(receipts.size() == 4);
    CHECK(examine(receipts[3], nullptr).ok() == is_canonical);
    CHECK(examine_case(receipts, nullptr).ok() == is_canonical);
    if (!is_canonical)
      CHECK(refusal(examine(receipts[3], nullptr)) == "ledger.receipt.no_opening"_t);
    const auto faults = world.read(verify_all);
    const bool is_said = std::ranges::any_of(faults, [](const Fault& each) {
      return each.id == 6 && each.what == "the payload is not canonical JSON";
    });
    CHECK(is_said != is_canonical);
  }
}

TEST_CASE("an erased case has no receipts any more, and its lines stay provable") {
  Case world;
  REQUIRE(world.database
              .erase([](db::Write& write, const db::Erasure& permission) -> Result<Done> {
                erase(write, permission, {"feedback", 1});
                return Done{};
              })
              .ok());
  CHECK(world.receipts().empty());
  CHECK(world.receipts(2).size() == 2);
  const merkle::Receipt bare =
      world.read([](db::Read& read) { return prove(read, 0, head(read).value()); });
  CHECK(refusal(examine(bare, nullptr)) == "ledger.receipt.no_opening"_t);
}

}  // namespace ln::ledger
