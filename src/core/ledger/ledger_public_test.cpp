#include "core/ledger/ledger_public.h"
#include "core/ledger/ledger_public_grassroots.h"
#include "core/ledger/ledger_public_supervision.h"
#include "core/ledger/ledger_public_survey.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "base/text.h"
#include "core/ledger/ledger_public_actions.h"
#include "core/ledger/ledger_sealer.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_store_witness.h"
#include "core/ledger/ledger_verify.h"
#include "test/world.h"

namespace ln::ledger {
namespace {

struct Sealed : test::World {
  std::unique_ptr<Sealer> sealer =
      Sealer::open(database, {"langnghe.example/so-cai", "", "", [this] { return now; }}, random);

  // Puts a leaf and its entry into the tables, as somebody with the database's password would.
  Result<Done> plant(std::string_view leaf, std::string_view payload, std::string_view event) {
    return write([&](db::Write& w) -> Result<Done> {
      const std::int64_t id = leaf_count(w) + 1;
      w.run("INSERT INTO ledger_leaf (id, leaf) VALUES ($1, $2)", id, db::Blob{as_bytes(leaf)});
      w.run(
          "INSERT INTO ledger_entry (id, at, event, subject_kind, subject_id, seq, party, payload) "
          "VALUES ($1, 0, $2, 'city', 1, 0, 'clock', $3)",
          id, event, payload);
      return Done{};
    });
  }
  std::vector<Fault> faults() {
    return read([](db::Read& reading) { return verify_all(reading); });
  }
};

const DailyFact day_of_two = {.day = Day(std::chrono::year(2026) / 11 / 23),
                              .at = test::monday,
                              .lines = 41,
                              .counts = {{"*", 0, Day(std::chrono::year(2026) / 7 / 1), 12},
                                         {"P1", 3, Day(std::chrono::year(2026) / 11 / 17), 7}},
                              .erased = {{"by_sender", 2}, {"requested", 1}}};

}  // namespace

TEST_CASE("a public fact is canonical JSON behind 0x02, and reads back") {
  const std::string text = text_of(day_of_two);
  CHECK(text ==
        R"({"counts":[["*","received","2026-07-01",12],["P1","overdue","2026-11-17",7]],)"
        R"("day":"2026-11-23","erased":{"by_sender":2,"requested":1},"k":"daily","lines":41,)"
        R"("part":1,"parts":1,"t":"2026-11-23T02:00:00Z","v":1})");
  const auto fact = parse_fact(text);
  REQUIRE(fact);
  CHECK(std::get<DailyFact>(*fact).counts == day_of_two.counts);
  CHECK(std::get<DailyFact>(*fact).erased == day_of_two.erased);
  CHECK(public_leaf(text) == "\x02" + text);
  CHECK(is_public_leaf(public_leaf(text), text));
  const DeadlinesFact table{.at = test::monday, .topics = {{"birth-delay", "working_days", 3}}};
  CHECK(text_of(table) == R"({"k":"deadlines","part":1,"parts":1,"t":"2026-11-23T02:00:00Z",)"
                          R"("topics":[["birth-delay","working_days",3]],"v":1})");
  CHECK(parse_fact(text_of(table)));
  const CalendarFact days{.at = test::monday,
                          .days = {{Day(std::chrono::year(2026) / 11 / 24), "holiday", {}}}};
  CHECK(text_of(days) == R"({"days":[["2026-11-24","holiday",")" + std::string(64, '0') +
                             R"("]],"k":"calendar","part":1,"parts":1,)"
                             R"("t":"2026-11-23T02:00:00Z","v":1})");
  CHECK(parse_fact(text_of(days)));
  const SettingsFact setting{
      test::monday, "topic", "birth-delay", Day{std::chrono::year(2026) / 12 / 1}, {}};
  CHECK(text_of(setting) == R"({"code":"birth-delay","from":"2026-12-01","k":"settings",)"
                            R"("list":"topic","t":"2026-11-23T02:00:00Z","v":1,"value":")" +
                                std::string(64, '0') + "\"}");
  CHECK(parse_fact(text_of(setting)));
  const DisclosureFact ordered{test::monday, "court", "refused"};
  CHECK(text_of(ordered) == R"({"authority":"court","k":"disclosure","outcome":"refused",)"
                            R"("t":"2026-11-23T02:00:00Z","v":1})");
  CHECK(parse_fact(text_of(ordered)));
  const ConsultationFact opened{
      test::monday, "opened", 3, 1, 0, Day{std::chrono::year(2026) / 12 / 15}, {}};
  CHECK(text_of(opened) == R"({"closes":"2026-12-15","comments":0,"consultation":3,)"
                           R"("k":"consultation","t":"2026-11-23T02:00:00Z","text":")" +
                               std::string(64, '0') + R"(","v":1,"version":1,"what":"opened"})");
  CHECK(parse_fact(text_of(opened)));
  const SupervisionFact drawn{test::monday, "drawn", 3, 1234, 12, "P1", {}, test::monday};
  CHECK(text_of(drawn) == R"({"count":12,"hash":")" + std::string(64, '0') +
                              R"(","k":"supervision","number":1234,"programme":3,)"
                              R"("t":"2026-11-23T02:00:00Z","unit":"P1",)"
                              R"("until":"2026-11-23T02:00:00Z","v":1,"what":"drawn"})");
  CHECK(parse_supervision(text_of(drawn)));
  CHECK_FALSE(parse_fact(text_of(drawn)));
  CHECK_FALSE(parse_supervision(text_of(drawn) + " "));
  CHECK(is_public_leaf(public_leaf(text_of(drawn)), text_of(drawn)));
  const SurveyFact closed{test::monday, "closed", 3, 302, "P1", {}, test::monday};
  CHECK(text_of(closed) == R"({"count":302,"hash":")" + std::string(64, '0') +
                               R"(","k":"survey","survey":3,"t":"2026-11-23T02:00:00Z",)"
                               R"("unit":"P1","until":"2026-11-23T02:00:00Z","v":1,)"
                               R"("what":"closed"})");
  CHECK(parse_survey(text_of(closed)));
  CHECK_FALSE(parse_fact(text_of(closed)));
  CHECK_FALSE(parse_supervision(text_of(closed)));
  CHECK_FALSE(parse_survey(text_of(closed) + " "));
  CHECK(is_public_leaf(public_leaf(text_of(closed)), text_of(closed)));
  const GrassrootsFact counted{test::monday, "counted", "ballot", 3, 48, "P1", {}, test::monday};
  CHECK(text_of(counted) == R"({"count":48,"hash":")" + std::string(64, '0') +
                                R"(","k":"grassroots","number":3,"room":"ballot",)"
                                R"("t":"2026-11-23T02:00:00Z","unit":"P1",)"
                                R"("until":"2026-11-23T02:00:00Z","v":1,"what":"counted"})");
  CHECK(parse_grassroots(text_of(counted)));
  CHECK_FALSE(parse_fact(text_of(counted)));
  CHECK_FALSE(parse_grassroots(text_of(counted) + " "));
  CHECK(is_public_leaf(public_leaf(text_of(counted)), text_of(counted)));
  const OpenDataFact night{test::monday, Day{std::chrono::year(2026) / 11 / 22},
                           merkle::empty_root()};
  CHECK(text_of(night) == R"({"day":"2026-11-22","k":"open_data","manifest":")" +
                              to_hex(merkle::empty_root()) +
                              R"(","t":"2026-11-23T02:00:00Z","v":1})");
  CHECK(parse_fact(text_of(night)));
  const KeysFact keys{.at = test::monday, .log = merkle::empty_root()};
  CHECK(parse_fact(text_of(keys)));
}

TEST_CASE("nothing but a known fact, spelled as we spell it, is one") {
  const std::string good = text_of(day_of_two);
  REQUIRE(parse_fact(good));
  const auto changed = [&](std::string_view part, std::string_view by) {
    std::string text = good;
    const std::size_t at = text.find(part);
    REQUIRE(at != std::string::npos);
    return text.replace(at, part.size(), by);
  };
  for (const std::string& wrong : {std::string(),
                                   std::string("{}"),
                                   std::string("Nguyễn Văn A"),
                                   good + " ",
                                   " " + good,
                                   changed("daily", "gossip"),
                                   changed("\"v\":1", "\"v\":2"),
                                   changed("41", "41.0"),
                                   changed("41", "-1"),
                                   changed("\"P1\"", "\"Nguyễn Văn A\""),
                                   changed("\"P1\"", "\"P 1\""),
                                   changed("overdue", "gossip"),
                                   changed("2026-11-17", "2026-11-31"),
                                   changed("2026-11-17", "2026-11-24"),
                                   changed("by_sender", "Nguyen Van A"),
                                   changed("\"part\":1", "\"part\":2"),
                                   changed("\"k\"", "\"j\""),
                                   changed("\"v\":1", "\"v\":1,\"w\":1"),
                                   changed("12]", "12,1]"),
                                   changed("\"*\"", "\"Z\""),
                                   changed("02:00:00Z", "02:00:00+00")}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_fact(wrong));
    CHECK_FALSE(is_public_leaf(public_leaf(wrong), wrong));
  }
  CHECK_FALSE(is_public_leaf(good, good));
  CHECK_FALSE(is_public_leaf(public_leaf(good), changed("41", "42")));
  CHECK_FALSE(is_public_leaf("\x01" + good, good));
}

TEST_CASE("what is too long for one leaf goes into several, and no unit spells a sentence") {
  DailyFact whole = day_of_two;
  whole.counts.clear();
  for (int i = 100; i < 999; ++i)
    whole.counts.push_back({std::string(61, 'p') + std::to_string(i), 0, whole.day, 5});
  const auto parts = parts_of(whole);
  REQUIRE(parts.size() > 1);
  std::size_t rows = 0;
  for (const DailyFact& part : parts) {
    CHECK(parse_fact(text_of(part)));
    CHECK(text_of(part).size() <= fact_size_max);
    CHECK(part.parts == static_cast<std::int64_t>(parts.size()));
    CHECK(part.erased.empty() == (part.part > 1));
    rows += part.counts.size();
  }
  CHECK(rows == whole.counts.size());
  CHECK(public_code("HN.XNOI") == "HN.XNOI");
  CHECK(public_code("Phường Một").starts_with("x-"));
  CHECK(public_code("Phường Một") != public_code("Phường Hai"));
  CHECK(public_code(std::string(65, 'a')).size() == 18);
}

TEST_CASE("a fact becomes a line of the log that the audit knows") {
  Sealed world;
  REQUIRE(world.write([](db::Write& w) { return announce(w, day_of_two); }).value() == 0);
  DailyFact next = day_of_two;
  next.day += std::chrono::days(1);
  REQUIRE(world.write([&](db::Write& w) { return announce(w, next); }).value() == 1);
  world.read([&](db::Read& read) {
    CHECK(leaf_at(read, 1) == public_leaf(text_of(next)));
    CHECK(head(read)->size == 2);
    CHECK(last_fact(read, 0)->payload == text_of(next));
    CHECK(last_fact(read, 0)->seq == 1);
    CHECK_FALSE(last_fact(read, 1));
    CHECK(facts_before(read, 2, 10).size() == 2);
    CHECK(facts_before(read, 1, 10).front().payload == text_of(day_of_two));
    CHECK_FALSE(salts_of(read, 1));
    CHECK(count_events(read, Instant{}, test::monday + std::chrono::hours(1)).empty());
  });
  CHECK(world.faults().empty());
}

TEST_CASE("whoever gets into the tables gets no signature for words of their own") {
  const std::string fact = text_of(day_of_two);
  const std::string gossip = R"({"k":"gossip","t":"2026-11-23T02:00:00Z","v":1})";
  for (const auto& [leaf, payload, event] :
       {std::tuple(public_leaf(gossip), gossip, "announced"),
        std::tuple(public_leaf(fact), fact, "answered"),
        std::tuple(public_leaf(fact), gossip, "announced"),
        std::tuple("\x01" + std::string(64, 'x'), fact, "announced")}) {
    Sealed world;
    CHECK_THROWS_AS(static_cast<void>(world.plant(leaf, payload, event)), db::Failure);
    CHECK(world.read([](db::Read& read) { return leaf_count(read); }) == 0);
  }
  Sealed world;
  CHECK(world.plant(public_leaf(fact), fact, "announced").ok());
}

TEST_CASE("the audit finds a fact that is not the one of its entry, and one in a wrong chain") {
  Sealed world;
  REQUIRE(world.write([](db::Write& w) { return announce(w, day_of_two); }).ok());
  const std::string keys = text_of(KeysFact{.at = test::monday});
  // In the chain of the days, at a place that is taken by nobody.
  REQUIRE(world
              .write([&](db::Write& w) -> Result<Done> {
                w.run("INSERT INTO ledger_leaf (id, leaf) VALUES (2, $1)",
                      db::Blob{as_bytes(public_leaf(keys))});
                w.run(
                    "INSERT INTO ledger_entry (id, at, event, subject_kind, subject_id, seq, "
                    "party, payload) VALUES (2, 0, 'announced', 'city', 1, 5, 'clock', $1)",
                    keys);
                return Done{};
              })
              .ok());
  const auto faults = world.faults();
  REQUIRE(faults.size() == 2);
  CHECK(faults[0].what == "a public fact in the chain of another kind");
  CHECK(faults[1].what == "a public fact is missing before it");
}

TEST_CASE("the key and the policy are told at the first start and when they change") {
  Sealed world;
  const auto told = [&] {
    announce_keys(world.database, world.now);
    return world.read([](db::Read& read) { return leaf_count(read); });
  };
  CHECK(told() == 1);
  world.now += std::chrono::hours(1);
  CHECK(told() == 1);
  const merkle::Signer witness("mttq", world.random.bytes<32>(), merkle::KeyKind::witness);
  const auto policy =
      merkle::Policy::parse("log " + world.sealer->verifier().text() + "\nwitness mttq " +
                            witness.verifier().text() + "\nquorum mttq\n");
  REQUIRE(policy);
  world.write([&](db::Write& w) { save_policy(w, policy); });
  CHECK(told() == 2);
  CHECK(told() == 2);
  const auto last = world.read([](db::Read& read) { return last_fact(read, 2); });
  const auto fact = parse_fact(last->payload);
  REQUIRE(fact);
  const auto& keys = std::get<KeysFact>(*fact);
  CHECK(keys.log == world.sealer->verifier().key);
  CHECK(keys.policy == merkle::sha256(as_bytes(policy->text())));
  CHECK(keys.witnesses == std::vector<PublicKey>{witness.verifier().key});
  CHECK(keys.at == world.now);
  world.write([&](db::Write& w) { save_policy(w, std::nullopt); });
  CHECK(told() == 3);
  CHECK(world.faults().empty());
}

}  // namespace ln::ledger
