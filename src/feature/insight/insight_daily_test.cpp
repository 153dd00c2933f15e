#include "feature/insight/insight_daily.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>

#include "core/ledger/ledger_public_actions.h"
#include "core/ledger/ledger_store.h"
#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_actions_erase.h"
#include "feature/feedback/feedback_jobs.h"
#include "feature/insight/insight_jobs_facts.h"
#include "test/city.h"

namespace ln::insight {
namespace {

using ledger::CountRow;
using ledger::Event;
using std::chrono::days;
using std::chrono::hours;

constexpr Day first = local_day(test::monday);

// A history written by hand: cases come in, are answered, and the days end.
struct History {
  DailyCount count{first};
  std::int64_t id = 0;

  void happens(Event event, std::int64_t subject, Day day, const std::string& unit = "P1") {
    Happened happened{.id = ++id,
                      .event = event,
                      .subject = subject,
                      .group = unit == "*" ? Group::apart : Group::counted,
                      .at = at_local(day, hours(10)),
                      .unit = unit};
    if (event == Event::received) happened.due = at_local(day + days(3), hours(17));
    if (event == Event::erased) happened.reason = "by_sender";
    happened.is_signed = true;
    count.take(happened);
  }
  void receive(int many, Day day, const std::string& unit = "P1") {
    for (int i = 0; i < many; ++i) happens(Event::received, 1000 + id, day, unit);
  }
  std::vector<CountRow> end(Day day) { return count.close(day, id).counts; }
};

struct Town : test::City {
  DailyReader kept;

  Town() { add_staff("head-p1", people::Role::head, "P1"); }
  Sent place(const std::string& about = "place") {
    feedback::Typed made;
    made.about = about;
    made.unit = "P1";
    made.body = "Đèn đường ngõ 82 tắt ba tuần nay";
    return send(made);
  }
  int announce() { return announce_days(database, kept, now); }
  std::vector<ledger::Fault> faults() {
    return read([](db::Read& r) { return check_days(r); });
  }
  ledger::DailyFact last() {
    const auto stored = read([](db::Read& r) { return ledger::last_fact(r, 0); });
    REQUIRE(stored);
    return std::get<ledger::DailyFact>(*ledger::parse_fact(stored->payload));
  }
};

}  // namespace

TEST_CASE("a stretch is told on the day it began when it has five cases, else on a Sunday") {
  History history;
  history.receive(5, first);
  history.receive(4, first, "P2");
  CHECK(history.end(first) == std::vector<CountRow>{{"P1", 0, first, 5}});
  // Four and then one are five, but the stretch did not begin on this day.
  history.receive(1, first + days(1), "P2");
  CHECK(history.end(first + days(1)).empty());
  for (int day = 2; day < 6; ++day) history.end(first + days(day));
  const auto sunday = history.end(first + days(6));
  CHECK(std::ranges::count(sunday, CountRow{"P2", 0, first, 5}) == 1);
}

TEST_CASE("four cases are never told, however long it takes") {
  History history;
  history.receive(4, first);
  for (int day = 0; day < 200; ++day) CHECK(history.end(first + days(day)).empty());
}

TEST_CASE("what touches protected reports is told with the quarter, for the city, from ten on") {
  History history;
  history.receive(9, first, "*");
  const Day new_year = Day(std::chrono::year(2026) / 12 / 31);
  for (Day day = first; day < new_year; day += days(1)) CHECK(history.end(day).empty());
  CHECK(history.end(new_year).empty());
  history.receive(1, new_year + days(1), "*");
  const Day march = Day(std::chrono::year(2027) / 3 / 31);
  for (Day day = new_year + days(1); day < march; day += days(1)) CHECK(history.end(day).empty());
  const auto rows = history.end(march);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0] == CountRow{"*", 0, first, 10});
  CHECK(rows[1] == CountRow{"*", 3, first, 10});  // and none of them was answered
}

TEST_CASE("a case without an answer is overdue once, on the day it was due") {
  History history;
  for (int subject = 1; subject <= 12; ++subject) history.happens(Event::received, subject, first);
  for (int subject = 1; subject <= 5; ++subject)
    history.happens(Event::answered, subject, first + days(3));
  // What is told late in the log counts by when it was: these came after the due instant.
  for (int subject = 6; subject <= 11; ++subject)
    history.happens(Event::declined, subject, first + days(4));
  const auto figure = [](const std::vector<CountRow>& rows, std::size_t wanted) {
    std::int64_t sum = 0;
    for (const CountRow& row : rows) sum += row.figure == wanted ? row.count : 0;
    return sum;
  };
  std::map<std::size_t, std::int64_t> told;
  for (int day = 0; day < 14; ++day) {
    const auto rows = history.end(first + days(day));
    for (std::size_t which = 0; which < ledger::figure_count; ++which)
      told[which] += figure(rows, which);
  }
  CHECK(told[0] == 12);
  CHECK(told[1] == 5);  // answered
  CHECK(told[2] == 6);  // late
  CHECK(told[3] == 7);  // overdue
}

TEST_CASE("stretches never overlap, never leave a gap, and none is below the floor") {
  CHECK(rc::check("any history", [](std::uint64_t seed) {
    SeededRandom random(seed);
    History history;
    std::map<std::pair<std::string, std::size_t>, Day> next;
    std::map<std::string, std::int64_t> came, told;
    for (int n = 0; n < 100; ++n) {
      const Day day = first + days(n);
      for (const char* unit : {"P1", "P2", "P3", "*"}) {
        const auto many = static_cast<int>(random.below(4));
        history.receive(many, day, unit);
        came[unit] += many;
      }
      for (const CountRow& row : history.end(day)) {
        RC_ASSERT(row.count >= (row.unit == "*" ? 10 : 5));
        const auto place = std::pair(row.unit, row.figure);
        const auto begun = next.contains(place) ? next.at(place) : first;
        RC_ASSERT(row.from == begun);
        RC_ASSERT(row.from <= day);
        next[place] = day + days(1);
        if (row.figure == 0) told[row.unit] += row.count;
      }
    }
    for (const char* unit : {"P1", "P2", "P3"}) {
      RC_ASSERT(told[unit] <= came[unit]);
      RC_ASSERT(told[unit] > 0);
    }
  }));
}

TEST_CASE("each day is announced once, an hour after it is over, and days missed are caught up") {
  Town town;
  CHECK(town.announce() == 0);  // nothing ever happened
  for (int i = 0; i < 6; ++i) town.place();
  CHECK(town.announce() == 0);
  town.now = at_local(first + days(1)) + daily_wait - std::chrono::seconds(1);
  CHECK(town.announce() == 0);
  town.now += std::chrono::seconds(1);
  CHECK(town.announce() == 1);
  CHECK(town.announce() == 0);
  CHECK(town.last().day == first);
  CHECK(town.last().counts == std::vector<CountRow>{{"P1", 0, first, 6}});
  // Another program that begins anew, and one whose memory is old.
  DailyReader fresh, old;
  town.read([&](db::Read& r) { old.read_on(r); });
  town.now += days(3);
  CHECK(announce_days(town.database, fresh, town.now) == 3);
  CHECK(announce_days(town.database, old, town.now) == 0);
  CHECK(town.announce() == 0);
  CHECK(town.last().day == first + days(3));
  CHECK(town.read(
            [](db::Read& r) { return ledger::entries_of(r, ledger::subject_of(0)).size(); }) == 4);
  CHECK(town.faults().empty());
}

TEST_CASE("conduct, protected cases and what clerks typed are not in a unit's count") {
  Town town;
  for (int i = 0; i < 5; ++i) town.place();
  town.place("conduct");
  feedback::Typed typed;
  typed.about = "place";
  typed.unit = "P1";
  typed.body = "Bà cụ kể lại ở quầy tiếp dân";
  typed.entered_by = 1;
  town.send(typed);
  typed.entered_by = 0;
  typed.is_protected = true;
  town.send(typed);
  town.now += days(1);
  REQUIRE(town.announce() == 1);
  CHECK(town.last().counts == std::vector<CountRow>{{"P1", 0, first, 5}});
  CHECK(town.faults().empty());
}

TEST_CASE("erasures of the day are told by reason, all of them") {
  Town town;
  const auto one = town.place(), other = town.place("conduct");
  for (const auto& sent : {one, other}) {
    const feedback::CitizenAct act{.citizen = people::Citizen(sent.secret),
                                   .code = sent.feedback.code,
                                   .salts = ledger::draw(town.random),
                                   .now = town.now,
                                   .text = {}};
    REQUIRE(town.write([&](db::Write& w) { return feedback::erase(w, act); }).ok());
  }
  // What is said about conduct waits for the batch of its hour, and counts on the day of that.
  town.now += hours(1);
  REQUIRE(feedback::join_batch(town.database, town.random, town.now) > 0);
  town.now += days(1);
  REQUIRE(town.announce() == 1);
  using Erased = std::vector<std::pair<std::string, std::int64_t>>;
  CHECK(town.last().erased == Erased{{"by_sender", 2}});
  town.now += days(1);
  REQUIRE(town.announce() == 1);
  CHECK(town.last().erased.empty());
  CHECK(town.faults().empty());
}

TEST_CASE("a figure that is not what the entries give is found, with its day and unit") {
  Town town;
  for (int i = 0; i < 9; ++i) town.place();
  town.now += days(1);
  town.read([&](db::Read& r) { town.kept.read_on(r); });
  const auto honest = town.kept.due(town.now);
  REQUIRE(honest.size() == 1);
  const auto faults_of = [&](auto change) {
    ledger::DailyFact false_one = honest.front();
    change(false_one);
    Town other;
    for (int i = 0; i < 9; ++i) other.place();
    REQUIRE(other.write([&](db::Write& w) { return ledger::announce(w, false_one); }).ok());
    const auto faults = other.faults();
    return faults.empty() ? std::string() : faults.front().what;
  };
  CHECK(faults_of([](ledger::DailyFact&) {}).empty());
  CHECK(faults_of([](ledger::DailyFact& day) { day.counts[0].count = 7; }) ==
        "the figures of 2026-11-23: it says P1 received since 2026-11-23: 7, and the entries do "
        "not");
  CHECK(faults_of([](ledger::DailyFact& day) { day.counts.clear(); }) ==
        "the figures of 2026-11-23: the entries give P1 received since 2026-11-23: 9, and it does "
        "not say so");
  CHECK(faults_of([](ledger::DailyFact& day) { day.erased = {{"requested", 1}}; }) ==
        "the figures of 2026-11-23: it gives other erasures than the entries");
  CHECK(faults_of([](ledger::DailyFact& day) { day.day += days(1); }) ==
        "the figures of 2026-11-24: those of 2026-11-23 should stand here");
  CHECK(faults_of([](ledger::DailyFact& day) { day.lines = 99; }) ==
        "the figures of 2026-11-23: they do not count the lines before them");
  CHECK_FALSE(faults_of([](ledger::DailyFact& day) { day.parts = 2; }).empty());
}

TEST_CASE("the table of deadlines is told when it is new, and the days go on after it") {
  Town town;
  const auto told = [&] {
    announce_deadlines(town.database, town.now);
    return town.read(
        [](db::Read& r) { return ledger::entries_of(r, ledger::subject_of(1)).size(); });
  };
  CHECK(told() == 0);  // there are no topics
  const auto put = [&](const char* code, int count) {
    town.write([&](db::Write& w) {
      w.run(
          "INSERT INTO feedback_topic (code, about, name_vi, name_en, deadline_kind, "
          "deadline_count) VALUES ($1, 'place', 'x', 'x', 'working_days', $2)",
          code, count);
    });
  };
  put("rubbish", 3);
  put("noise", 5);
  CHECK(told() == 1);
  town.now += hours(1);
  CHECK(told() == 1);
  town.write([&](db::Write& w) {
    w.run("UPDATE feedback_topic SET deadline_count = 15 WHERE code = 'noise'");
  });
  CHECK(told() == 2);
  const auto last = town.read([](db::Read& r) { return ledger::last_fact(r, 1); });
  CHECK(last->payload ==
        R"({"k":"deadlines","part":1,"parts":1,"t":"2026-11-23T03:00:00Z",)"
        R"("topics":[["noise","working_days",15],["rubbish","working_days",3]],"v":1})");
  town.now += days(1);
  CHECK(town.announce() == 1);
  CHECK(town.faults().empty());
}

}  // namespace ln::insight
