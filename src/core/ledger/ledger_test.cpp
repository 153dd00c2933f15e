#include "core/ledger/ledger.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <functional>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_jobs.h"
#include "core/ledger/ledger_sealer.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_store_tree.h"
#include "core/ledger/ledger_verify.h"
#include "engine/merkle/merkle_proof.h"
#include "test/world.h"

namespace ln::ledger {
namespace {

using test::monday;

// A world whose batches are sealed.
struct Sealed : test::World {
  std::unique_ptr<Sealer> sealer =
      Sealer::open(database, {"langnghe.example/so-cai", "", "", [this] { return now; }}, random);
  CitizenKey hoa = CitizenKey::from_secret("23456789ABCDEFGHJKLM");
  CitizenKey nam = CitizenKey::from_secret("M23456789ABCDEFGHJKL");
  CaseKey case_key = draw_case_key(random);

  Entry received(std::int64_t id) {
    Entry entry{.event = Event::received, .subject = {"feedback", id}, .at = now};
    entry.party = Party::citizen;
    entry.unit = "HN.XNOI";
    entry.topic = "thai-do";
    entry.due = now + std::chrono::hours(24);
    entry.body = "Nước yếu";
    entry.case_key = &case_key;
    entry.registers = hoa.public_key();
    return entry;
  }
  Entry next(Event event, std::int64_t id = 1) {
    return {.event = event, .subject = {"feedback", id}, .at = now, .actor_id = 7, .unit_id = 3};
  }
  Entry by_citizen(Event event, const CitizenKey* key, std::int64_t id = 1) {
    Entry entry{.event = event, .subject = {"feedback", id}, .at = now, .party = Party::citizen};
    entry.citizen = key;
    return entry;
  }
  Result<Appended> add(const Entry& entry) {
    const Salts salts = draw(random);
    return write([&](db::Write& writing) { return append(writing, entry, salts); });
  }
  std::vector<Stored> of(std::int64_t id = 1) {
    return read([&](db::Read& reading) { return entries_of(reading, {"feedback", id}); });
  }
  std::vector<Fault> faults() {
    return read([](db::Read& reading) { return verify_all(reading); });
  }
};

ErrorKind refusal(const Result<Appended>& result) {
  REQUIRE_FALSE(result.ok());
  return result.error().kind;
}

}  // namespace

TEST_CASE("the words of events are the settled ones and read back") {
  std::string words;
  for (std::size_t i = 0; i < event_count; ++i) {
    const auto event = static_cast<Event>(i);
    words += std::string(to_text(event)) + " ";
    CHECK(event_of(to_text(event)) == event);
  }
  CHECK(words ==
        "received accepted assigned transferred asked replied extended answered promised declined "
        "redirected contested rated reopened closed lapsed merged published redacted "
        "opened_identity rekeyed erased announced ");
  CHECK_FALSE(event_of("RECV"));
  CHECK(party_of("clock") == Party::clock);
  CHECK_FALSE(party_of(""));
}

TEST_CASE("every event word is one the table accepts") {
  Sealed world;
  REQUIRE(world.add(world.received(1)).ok());
  // The last one is of no case (ledger_public_test.cpp).
  for (std::size_t i = 1; i + 1 < event_count; ++i) {
    const auto event = static_cast<Event>(i);
    // This case is not over at its end, and only its sender erases such a one.
    const bool is_citizens = event == Event::erased || needs_signature(event, Party::office);
    Entry entry = is_citizens ? world.by_citizen(event, &world.hoa) : world.next(event);
    if (event == Event::rekeyed) entry.registers = world.hoa.public_key();
    CAPTURE(to_text(event));
    CHECK(world.add(entry).ok());
  }
  CHECK(world.of().size() == event_count - 1);
  CHECK(world.faults().empty());
}

TEST_CASE("an entry says what happened in canonical JSON, and its leaf opens to it") {
  Sealed world;
  const Salts salts = draw(world.random);
  const Entry entry = world.received(1);
  const auto appended = world.write([&](db::Write& write) { return append(write, entry, salts); });
  REQUIRE(appended.ok());
  CHECK(appended.value().index == 0);
  const Stored stored = world.of().at(0);
  CHECK(stored.payload == "{\"body\":\"" + to_hex(hash_body(salts, "Nước yếu")) +
                              "\",\"cat\":\"thai-do\",\"due\":\"2026-11-24T02:00:00Z\","
                              "\"k\":\"received\",\"key\":\"" +
                              to_hex(world.hoa.public_key()) +
                              "\",\"prev\":\"\",\"seq\":0,\"t\":\"2026-11-23T02:00:00Z\","
                              "\"unit\":\"HN.XNOI\",\"v\":1}");
  const Leaf leaf = merkle::make_leaf(merkle::tag_of(world.case_key, 0),
                                      merkle::commit_to(salts.commit, stored.payload));
  CHECK(appended.value().leaf == leaf);
  world.read([&](db::Read& read) {
    CHECK(leaf_at(read, 0) == as_text(leaf));
    CHECK(salts_of(read, stored.id)->commit == salts.commit);
    CHECK(case_key_of(read, entry.subject) == world.case_key);
    CHECK(citizen_key_of(read, entry.subject) == world.hoa.public_key());
  });
  // The next event names this leaf, and the files it brings.
  const Hash photo = merkle::sha256(as_bytes("ảnh"));
  Entry answer = world.next(Event::answered);
  answer.files = {&photo, 1};
  const auto second = world.write([&](db::Write& write) { return append(write, answer, salts); });
  REQUIRE(second.ok());
  CHECK(world.of().at(1).payload == "{\"files\":[\"" + to_hex(hash_file(salts, photo)) +
                                        "\"],\"k\":\"answered\",\"prev\":\"" +
                                        to_hex(appended.value().leaf_hash) +
                                        "\",\"seq\":1,\"t\":\"2026-11-23T02:00:00Z\",\"v\":1}");
  CHECK(world.of().at(1).actor_id == 7);
  CHECK(world.of().at(1).unit_id == 3);
}

TEST_CASE("what a citizen does is signed with the key of the secret, or refused") {
  Sealed world;
  REQUIRE(world.add(world.received(1)).ok());
  for (const Event event : {Event::rated, Event::reopened, Event::contested, Event::closed,
                            Event::replied, Event::erased}) {
    CAPTURE(to_text(event));
    CHECK(refusal(world.add(world.by_citizen(event, nullptr))) == ErrorKind::forbidden);
    CHECK(refusal(world.add(world.by_citizen(event, &world.nam))) == ErrorKind::forbidden);
    world.read([&](db::Read& read) {
      CHECK_FALSE(check(read, world.by_citizen(event, &world.nam)).ok());
      CHECK(check(read, world.by_citizen(event, &world.hoa)).ok());
    });
  }
  // The office cannot rate itself by saying that it is the office.
  CHECK(refusal(world.add(world.next(Event::rated))) == ErrorKind::forbidden);
  CHECK(world.of().size() == 1);
  REQUIRE(world.add(world.by_citizen(Event::rated, &world.hoa)).ok());
  const std::string payload = world.of().at(1).payload;
  CHECK(is_signed_by(payload, world.hoa.public_key()));
  CHECK_FALSE(is_signed_by(payload, world.nam.public_key()));
  std::string changed = payload;
  changed.replace(changed.find("rated"), 5, "asked");
  CHECK_FALSE(is_signed_by(changed, world.hoa.public_key()));
  CHECK_FALSE(is_signed_by("{\"sig\":\"00\"}", world.hoa.public_key()));
}

TEST_CASE("after rekeying only the new key speaks for the citizen, and everyone sees it") {
  Sealed world;
  REQUIRE(world.add(world.received(1)).ok());
  Entry rekeyed = world.next(Event::rekeyed);
  rekeyed.registers = world.nam.public_key();
  REQUIRE(world.add(rekeyed).ok());
  CHECK(refusal(world.add(world.by_citizen(Event::rated, &world.hoa))) == ErrorKind::forbidden);
  CHECK(world.add(world.by_citizen(Event::rated, &world.nam)).ok());
  CHECK(world.of().size() == 3);
  CHECK(world.faults().empty());
}

TEST_CASE("a secret always gives the same key, another secret another") {
  const auto key = [](std::string_view secret) {
    return CitizenKey::from_secret(secret).public_key();
  };
  CHECK(key("23456789ABCDEFGHJKLM") == key("23456789ABCDEFGHJKLM"));
  CHECK(key("23456789ABCDEFGHJKLM") != key("23456789ABCDEFGHJKLN"));
}

TEST_CASE("names inside a payload's texts are not taken for its own") {
  const std::string payload = R"({"cat":"\",\"key\":\"evil","k":"asked","unit":"u"})";
  CHECK_FALSE(text_in(payload, "key"));
  CHECK(text_in(payload, "unit") == "u");
  CHECK_FALSE(text_in(payload, "nit"));
}

TEST_CASE("a batch is sealed with one signed head, and every leaf is provably in it") {
  Sealed world;
  const auto empty = world.read([](db::Read& read) { return head(read); });
  REQUIRE(empty);
  CHECK(empty->size == 0);
  CHECK(empty->root == merkle::empty_root());
  const auto first = world.add(world.received(1));
  REQUIRE(first.ok());
  const Salts salts[] = {draw(world.random), draw(world.random), draw(world.random)};
  const auto many = world.write([&](db::Write& write) -> Result<Done> {
    TRY([[maybe_unused]] auto a, append(write, world.received(2), salts[0]));
    TRY([[maybe_unused]] auto b, append(write, world.next(Event::accepted, 2), salts[1]));
    TRY([[maybe_unused]] auto c, append(write, world.received(3), salts[2]));
    return Done{};
  });
  REQUIRE(many.ok());
  world.read([&](db::Read& read) {
    const auto newest = head(read);
    REQUIRE(newest);
    CHECK(newest->size == 4);
    const auto checkpoint = merkle::open_checkpoint(newest->note, world.sealer->verifier());
    REQUIRE(checkpoint);
    CHECK(checkpoint->root == newest->root);
    std::vector<Hash> leaves;
    leaves.reserve(4);
    for (std::int64_t i = 0; i < 4; ++i)
      leaves.push_back(merkle::hash_leaf(as_bytes(leaf_at(read, i).value())));
    CHECK(merkle::hash_node(merkle::hash_node(leaves[0], leaves[1]),
                            merkle::hash_node(leaves[2], leaves[3])) == newest->root);
    CHECK(leaf_count(read) == 4);
    CHECK(entries_after(read, 1, 2).size() == 2);
    CHECK(entries_after(read, 1, 2).front().index() == 1);
    CHECK(entry_at(read, 2)->event == Event::accepted);
    CHECK_FALSE(entry_at(read, 4));
    using Counts = std::vector<std::pair<Event, std::int64_t>>;
    CHECK(count_events(read, monday, monday + std::chrono::hours(1)) ==
          Counts{{Event::accepted, 1}, {Event::received, 3}});
    CHECK(
        count_events(read, monday + std::chrono::hours(1), monday + std::chrono::hours(2)).empty());
  });
  CHECK(world.faults().empty());
}

TEST_CASE("a batch without leaves makes no head and answers with the last one") {
  Sealed world;
  REQUIRE(world.add(world.received(1)).ok());
  const auto seal_of = [&](const std::function<bool(db::Write&)>& work) {
    std::promise<std::string> seal;
    REQUIRE(world.database.submit({work, [&](std::exception_ptr failure, const db::Seal& made) {
                                     CHECK(failure == nullptr);
                                     seal.set_value(made ? *made : "");
                                   }}));
    return seal.get_future().get();
  };
  const auto newest = world.read([](db::Read& read) { return head(read); });
  CHECK(seal_of([](db::Write&) { return true; }) == newest->note);
  const Salts salts = draw(world.random);
  const std::string next =
      seal_of([&](db::Write& write) { return append(write, world.received(2), salts).ok(); });
  CHECK(next != newest->note);
  CHECK(merkle::open_checkpoint(next, world.sealer->verifier())->size == 2);
}

TEST_CASE(
    "a batch that is rolled back leaves no leaf, and the next one is sealed as if it were not") {
  Sealed world;
  REQUIRE(world.add(world.received(1)).ok());
  const Salts salts = draw(world.random);
  const auto failing = [&](db::Write& write) -> Result<Done> {
    REQUIRE(append(write, world.received(2), salts).ok());
    throw std::runtime_error("the machine failed");
  };
  CHECK_THROWS(static_cast<void>(world.write(failing)));
  const auto again = world.add(world.received(2));
  REQUIRE(again.ok());
  CHECK(again.value().index == 1);
  CHECK(world.faults().empty());
}

TEST_CASE("a commit that is run again gives the same leaf, once") {
  Sealed world;
  const Salts salts = draw(world.random);
  std::vector<Leaf> leaves;
  bool fail = true;
  // The writer rolls back what failed and runs it a second time.
  const auto commit = [&](db::Write& write) -> Result<Done> {
    TRY(const Appended appended, append(write, world.received(1), salts));
    leaves.push_back(appended.leaf);
    if (std::exchange(fail, false)) throw std::runtime_error("the first run fails");
    return Done{};
  };
  CHECK(world.write(commit).ok());
  REQUIRE(leaves.size() == 2);
  CHECK(leaves[0] == leaves[1]);
  CHECK(world.read([](db::Read& read) { return leaf_count(read); }) == 1);
  CHECK(world.faults().empty());
}

TEST_CASE("two events cannot claim one place in a case") {
  Sealed world;
  REQUIRE(world.add(world.received(1)).ok());
  CHECK_THROWS_AS(static_cast<void>(world.add(world.received(1))), db::Failure);
  CHECK(world.of().size() == 1);
}

TEST_CASE("requests cannot change or remove what the ledger holds") {
  Sealed world;
  REQUIRE(world.add(world.received(1)).ok());
  const auto refused = [&](auto statement) {
    const auto body = [&](db::Write& write) -> Result<Done> {
      statement(write);
      return Done{};
    };
    CHECK_THROWS_AS(static_cast<void>(world.write(body)), db::Failure);
  };
  refused([](db::Write& w) { w.run("UPDATE ledger_entry SET payload = ''"); });
  refused([](db::Write& w) { w.run("DELETE FROM ledger_entry"); });
  refused([](db::Write& w) { w.run("UPDATE ledger_leaf SET leaf = $1", db::Blob{}); });
  refused([](db::Write& w) { w.run("DELETE FROM ledger_leaf"); });
  refused([](db::Write& w) { w.run("UPDATE ledger_head SET at = 0"); });
  refused([](db::Write& w) { w.run("DELETE FROM ledger_head"); });
  refused([](db::Write& w) { w.run("DELETE FROM ledger_secret"); });
  CHECK(world.faults().empty());
}

TEST_CASE("erasure takes away what opens the leaves, and nothing is appended afterwards") {
  Sealed world;
  REQUIRE(world.add(world.received(1)).ok());
  REQUIRE(world.add(world.received(2)).ok());
  const Salts salts = draw(world.random);
  const auto erased = world.database.erase([&](db::Write& write, const db::Erasure& permission) {
    auto appended = append(write, world.by_citizen(Event::erased, &world.hoa), salts);
    if (appended.ok()) erase(write, permission, {"feedback", 1});
    return appended;
  });
  REQUIRE(erased.ok());
  world.read([&](db::Read& read) {
    CHECK_FALSE(case_key_of(read, {"feedback", 1}));
    CHECK_FALSE(salts_of(read, 1));
    CHECK_FALSE(salts_of(read, 3));
    CHECK(case_key_of(read, {"feedback", 2}));
  });
  CHECK(refusal(world.add(world.next(Event::answered))) == ErrorKind::conflict);
  CHECK(world.add(world.next(Event::answered, 2)).ok());
  CHECK(world.faults().empty());
}

TEST_CASE("nothing follows an erasure, also while what opens the case is still there") {
  Sealed world;
  REQUIRE(world.add(world.received(1)).ok());
  REQUIRE(world.add(world.by_citizen(Event::erased, &world.hoa)).ok());
  CHECK(world.read([](db::Read& read) { return case_key_of(read, {"feedback", 1}); }));
  CHECK(refusal(world.add(world.next(Event::answered))) == ErrorKind::conflict);
  CHECK(world.faults().empty());
}

TEST_CASE("who takes away what opens a case, and logs no erasure, is found out") {
  Sealed world;
  for (std::int64_t id = 1; id <= 3; ++id) REQUIRE(world.add(world.received(id)).ok());
  REQUIRE(world.add(world.next(Event::answered, 2)).ok());
  const auto taken =
      world.database.erase([](db::Write& write, const db::Erasure& permission) -> Result<Done> {
        erase(write, permission, {"feedback", 2});
        return Done{};
      });
  REQUIRE(taken.ok());
  const auto faults = world.faults();
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].id == 2);
  CHECK(faults[0].what == "what opens it is gone, and its case was never erased");
}

TEST_CASE("the public sees heads at ten-minute ticks only, and one at each start") {
  Sealed world;
  const auto published = [&] {
    publish_tick(world.database, tick_default, world.now);
    return world.read([&](db::Read& read) { return published_head(read)->size; });
  };
  publish_now(world.database, world.now);
  world.now = monday + std::chrono::minutes(3);
  REQUIRE(world.add(world.received(1)).ok());
  CHECK(published() == 0);
  world.now = monday + std::chrono::minutes(9);
  REQUIRE(world.add(world.received(2)).ok());
  CHECK(published() == 0);
  world.now = monday + std::chrono::minutes(10);
  CHECK(published() == 2);
  // Not even the time shown with it tells when the batch was.
  CHECK(world.read([&](db::Read& read) { return published_head(read)->at; }) ==
        monday + std::chrono::minutes(10));
  world.now = monday + std::chrono::minutes(11);
  REQUIRE(world.add(world.received(3)).ok());
  CHECK(published() == 2);
  // A clock set back does not make the log go back.
  world.now = monday;
  REQUIRE(world.add(world.received(4)).ok());
  world.now = monday + std::chrono::minutes(20);
  CHECK(published() == 4);
}

TEST_CASE("any history of cases fits together") {
  CHECK(rc::check("append in any order, verify, prove", [](std::uint64_t seed) {
    Sealed world;
    SeededRandom random(seed);
    std::int64_t cases = 0;
    for (int step = 0; step < 12; ++step) {
      if (cases == 0 || random.below(3) == 0) {
        RC_ASSERT(world.add(world.received(++cases)).ok());
      } else {
        const auto id = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(cases)));
        const bool citizen = random.below(2) == 0;
        RC_ASSERT(world
                      .add(citizen ? world.by_citizen(Event::rated, &world.hoa, id + 1)
                                   : world.next(Event::answered, id + 1))
                      .ok());
      }
    }
    RC_ASSERT(world.faults().empty());
  }));
}

}  // namespace ln::ledger
