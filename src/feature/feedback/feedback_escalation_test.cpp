#include "feature/feedback/feedback_escalation.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/ledger/ledger_store.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_jobs_escalate.h"
#include "feature/feedback/feedback_store_escalation.h"
#include "feature/feedback/feedback_store_watch.h"
#include "feature/insight/insight_store.h"
#include "test/office.h"

using namespace ln;
using namespace ln::feedback;
using namespace std::chrono_literals;

namespace {

Typed lamp() {
  Typed typed;
  typed.about = "place";
  typed.unit = "P1";
  typed.title = "Đèn hỏng";
  typed.body = "Ba tuần nay đèn ngõ 12 không sáng.";
  return typed;
}

// What happened to a case by the clock alone, as "word reason".
std::vector<std::string> by_clock(test::World& world, FeedbackId id) {
  std::vector<std::string> all;
  for (const Event& event : world.read([&](db::Read& r) { return events_of(r, id); }))
    if (event.party == "clock") all.push_back(event.event + " " + event.reason);
  return all;
}

// Signed in today: sessions end after a week, and what is late is older.
struct Today : test::Office::Person {
  Today(test::Office& office, const std::string& login) : Person(office, login) {
    const std::string token = "later-token-of-" + login + to_iso(office.now);
    const people::AccountId id{office.accounts.at(login)};
    const auto opened =
        office.write([&](db::Write& w) { return people::open_session(w, id, token, office.now); });
    REQUIRE(opened.ok());
    set_cookie(std::string(people::session_cookie), token);
  }
};

void escalate_all(test::World& world) {
  while (escalate_late(world.database, world.random, world.now) > 0) {
  }
}

Instant second_rung(const Feedback& feedback) {
  return reached_at(ladder().at(1), feedback.due_at, *holidays());
}

}  // namespace

TEST_CASE("the ladder is data, and a table that is wrong is refused whole") {
  REQUIRE(ladder().size() == 2);
  CHECK(ladder()[0].at_once);
  CHECK(ladder()[0].to == PutBefore::above);
  CHECK(ladder()[1].after.count == 5);
  CHECK(ladder()[1].to == PutBefore::supervisor);
  const std::string head = "rung,after,measure,to\n";
  CHECK(read_ladder(head + "1,3,working_days,above\n").ok());
  for (const char* bad :
       {"2,3,working_days,above\n", "1,-1,working_days,above\n", "1,366,working_days,above\n",
        "1,3,weeks,above\n", "1,3,working_days,mayor\n", "1,x,working_days,above\n"})
    CHECK_MESSAGE(!read_ladder(head + bad).ok(), bad);
  std::string many = head;
  for (int i = 1; i <= 10; ++i) many += std::to_string(i) + ",1,working_days,above\n";
  CHECK_FALSE(read_ladder(many).ok());
}

TEST_CASE("what is late goes up by itself, once for each date, and takes nothing from the office") {
  test::Office office;
  const Feedback sent = office.send(lamp());
  office.now = sent.due_at;
  escalate_all(office);
  CHECK(by_clock(office, sent.id).empty());  // the last moment is still in time
  office.now = sent.due_at + 1min;
  escalate_all(office);
  escalate_all(office);
  CHECK(by_clock(office, sent.id) == std::vector<std::string>{"assigned escalated"});
  const Feedback up = office.now_is(sent);
  CHECK(up.state == State::received);
  CHECK(up.unit == sent.unit);
  CHECK(up.due_at == sent.due_at);
  CHECK(up.transfer_count == 0);
  const auto gone_up = [&](Instant to) {
    return office.read(
        [&](db::Read& r) { return insight::count_gone_up(r, sent.received_at, to); });
  };
  CHECK(gone_up(office.now + 1min) == std::map<std::int64_t, std::int64_t>{{sent.unit.value, 1}});
  CHECK(gone_up(sent.due_at).empty());
  const auto entries =
      office.read([&](db::Read& r) { return ledger::entries_of(r, {"feedback", sent.id.value}); });
  CHECK(ledger::to_text(entries.back().event) == "assigned");
  CHECK(ledger::text_in(entries.back().payload, "cat") == "escalated");

  office.now = second_rung(sent);
  escalate_all(office);
  CHECK(by_clock(office, sent.id).size() == 1);
  office.now = second_rung(sent) + 1min;
  escalate_all(office);
  CHECK(by_clock(office, sent.id) ==
        std::vector<std::string>{"assigned escalated", "assigned supervised"});
  const auto offered = office.read([&](db::Read& r) {
    return watched(r, {.concern = Concern::escalated, .now = office.now, .limit = 9});
  });
  REQUIRE(offered.size() == 1);
  CHECK(offered[0].id == sent.id);
}

TEST_CASE("what is answered in time or waits for its sender goes nowhere") {
  test::Office office;
  const Feedback answered = office.send(lamp()), asked = office.send(lamp());
  office.write([&](db::Write& w) {
    for (auto [id, state] : {std::pair(answered.id, State::answered), {asked.id, State::asked}}) {
      Feedback row = *find(w, id);
      row.state = state;
      if (state == State::asked) row.asked_at = office.now;
      row.answered_at = row.last_answered_at = office.now;
      save(w, row);
    }
  });
  office.now = second_rung(asked) + 24h;
  escalate_all(office);
  CHECK(by_clock(office, answered.id).empty());
  CHECK(by_clock(office, asked.id).empty());
}

TEST_CASE("a promise that was broken goes up by the day that was promised") {
  test::Office office;
  const Feedback sent = office.send(lamp());
  const Day day = local_day(sent.due_at) + std::chrono::days(20);
  office.write([&](db::Write& w) {
    Feedback row = *find(w, sent.id);
    row.state = State::promised;
    row.promised_on = day;
    row.due_at = promise_ends_at(day, "");
    save(w, row);
  });
  office.now = second_rung(sent) + 1min;
  escalate_all(office);
  CHECK(by_clock(office, sent.id).empty());
  office.now = promise_ends_at(day, "") + 1min;
  escalate_all(office);
  CHECK(by_clock(office, sent.id) == std::vector<std::string>{"assigned escalated"});
}

TEST_CASE(
    "of a protected case the unit above is told, and those who watch the whole city are not") {
  test::Office office;
  Typed typed = lamp();
  typed.is_protected = true;
  const Feedback sent = office.send(typed);
  office.now = second_rung(sent) + 24h;
  escalate_all(office);
  CHECK(by_clock(office, sent.id) == std::vector<std::string>{"assigned escalated"});
  for (const Event& event : office.read([&](db::Read& r) { return events_of(r, sent.id); }))
    if (event.reason == "escalated") CHECK(event.audience == Audience::holder);
  CHECK(office
            .read([&](db::Read& r) {
              return watched(r, {.concern = Concern::escalated, .now = office.now, .limit = 9});
            })
            .empty());
  CHECK(office
            .read([&](db::Read& r) {
              return insight::count_gone_up(r, sent.received_at, office.now + 1min);
            })
            .empty());
}

TEST_CASE("a case about the unit above goes up no further than the office that handles it") {
  test::Office office;
  Typed typed = lamp();
  typed.about = "conduct";
  typed.unit = "P1";
  Feedback sent = office.send(typed);
  office.write([&](db::Write& w) {
    Feedback row = *find(w, sent.id);
    row.unit = office.units.at("P2").id;
    row.unit_path = office.units.at("P2").path;
    save(w, row);
    w.run("UPDATE feedback SET object_unit_id = $1, object_path = $2 WHERE id = $3",
          office.units.at("01").id, office.units.at("01").path, sent.id);
  });
  office.now = sent.due_at + 1min;
  escalate_all(office);
  const auto at_city =
      office.read([&](db::Read& r) { return put_before(r, office.units.at("01").path, 1, 0, 9); });
  REQUIRE(at_city.size() == 1);
  CHECK(at_city[0].escalation.to == office.units.at("P2").id);
  CHECK_FALSE(Today(office, "thanh").get("/staff/escalated").shows(sent.code.shown()));
}

TEST_CASE("the unit above finds what was put before it; the late office and its neighbour do not") {
  test::Office office;
  const Feedback sent = office.send(lamp());
  CHECK(Today(office, "thanh").get("/staff/escalated").shows("đang chờ anh chị đôn đốc"));
  office.now = sent.due_at + 1min;
  escalate_all(office);
  Today city(office, "thanh");
  CHECK(city.get("/staff").shows("Quá hạn, báo lên cơ quan anh chị"));
  city.get("/staff/escalated");
  CHECK(city.shows(sent.code.shown()));
  CHECK(city.shows("Phường Một"));
  // What the page says can be done is one press away.
  CHECK(city.get("/staff/escalated").follow("Nhận về xử lý").shows("Chuyển đơn vị khác"));
  CHECK(city.get("/staff/escalated").follow("Ghi lời đôn đốc").status() == 200);
  for (const char* other : {"hoa", "hai"}) {
    Today person(office, other);
    CHECK_FALSE(person.get("/staff/escalated").shows(sent.code.shown()));
    CHECK_FALSE(person.get("/staff").shows("Quá hạn, báo lên cơ quan anh chị"));
  }
  CHECK(city.get(test::Office::url(sent)).shows("Quá hạn, được báo lên cơ quan cấp trên"));
  // With a new date nothing waits for the unit above any more.
  office.write([&](db::Write& w) {
    Feedback row = *find(w, sent.id);
    row.due_at = office.now + 24h;
    save(w, row);
  });
  CHECK_FALSE(city.get("/staff/escalated").shows(sent.code.shown()));
  office.now = office.now + 25h;
  escalate_all(office);
  CHECK(Today(office, "thanh").get("/staff/escalated").shows(sent.code.shown()));
}

TEST_CASE(
    "a hundred and more that missed one date all go up, and a row that cannot keeps none back") {
  test::Office office;
  Typed kept_secret = lamp();
  kept_secret.is_protected = true;
  for (int i = 0; i < 120; ++i) office.send(kept_secret);
  std::vector<Feedback> all;
  for (int i = 0; i < 230; ++i) all.push_back(office.send(lamp()));
  office.now = second_rung(all[0]) + 1min;
  escalate_all(office);
  std::int64_t watched_count = 0;
  for (const Feedback& each : all) watched_count += by_clock(office, each.id).size() == 2 ? 1 : 0;
  CHECK(watched_count == 230);
}
