// What a change of the working calendar does to the cases that are open.
#include <doctest/doctest.h>

#include <thread>

#include "core/ledger/ledger_store.h"
#include "core/workdays/workdays_actions.h"
#include "core/workdays/workdays_store.h"
#include "feature/feedback/feedback_actions_recount.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_jobs.h"
#include "feature/feedback/feedback_jobs_recount.h"
#include "test/city.h"

namespace ln::feedback {
namespace {

using calendar::DayKind;
using people::Role;
using namespace std::chrono_literals;

Day date(int month, int day) { return Day{std::chrono::year(2026) / month / day}; }
workdays::Edit off(Day day) { return {day, DayKind::holiday, "Nghỉ bão", "Storm", "CĐ 12/2026"}; }
workdays::Edit plain(Day day) { return {.day = day, .source = "Bão không vào"}; }

// Today is Monday 23 November 2026; a case sent now is due on Thursday 3 December.
struct Desk : test::City {
  Sent sent;

  Desk() : sent(send_one()) {
    workdays::refresh(database, true);
    add_staff("admin", Role::administrator, "01");
    add_staff("head", Role::head, "P1");
  }
  ~Desk() {
    workdays::hold(std::make_shared<const workdays::Calendar>(std::vector<workdays::Change>{}),
                   true);
  }
  Sent send_one() {
    Typed typed;
    typed.about = "place";
    typed.unit = "P1";
    typed.title = "Đèn đường hỏng";
    typed.body = "Ba tuần nay đèn ngõ 12 không sáng.";
    typed.contact = "0912 345 678";
    return send(typed);
  }
  void change(const std::vector<workdays::Edit>& edits) {
    const auto admin = *people::Administrator::of(staff("admin"));
    auto result = write([&](db::Write& w) {
      return workdays::change(w, admin, edits, workdays::current()->revision(), now);
    });
    REQUIRE(result.ok());
    workdays::hold(result.value());
  }
  // All turns of the job until it has nothing to do, a minute later too.
  void count_all() {
    while (recount_open(database, random, now) > 0) {
    }
    recount_open(database, random, now);
    while (recount_open(database, random, now + 2min) > 0) {
    }
    recount_open(database, random, now + 2min);
  }
  std::string due() { return to_iso(local_day(current(sent).due_at)); }
  std::vector<Event> moves() {
    auto all = read([&](db::Read& r) { return events_of(r, sent.feedback.id); });
    std::erase_if(all, [](const Event& each) { return each.event != "extended"; });
    return all;
  }
  OfficerAct by_head() {
    return {.officer = officer("head"),
            .code = sent.feedback.code,
            .revision = current(sent).revision,
            .salts = ledger::draw(random),
            .now = now};
  }
  void do_assign() {
    const auto act = by_head();
    REQUIRE(write([&](db::Write& w) { return assign(w, act, accounts.at("head").value); }).ok());
  }
};

}  // namespace

TEST_CASE("a new holiday moves an open case forward, and both dates are kept") {
  Desk desk;
  CHECK(desk.due() == "2026-12-03");
  desk.change({off(date(11, 27))});
  desk.count_all();
  CHECK(desk.due() == "2026-12-04");
  const Feedback now_is = desk.current(desk.sent);
  CHECK(now_is.first_due_at == desk.sent.feedback.due_at);
  CHECK(now_is.state == State::received);
  const auto moves = desk.moves();
  REQUIRE(moves.size() == 1);
  CHECK(moves[0].party == "clock");
  CHECK(moves[0].ledger_index.has_value());
  const auto told = read_moved(moves[0].text);
  REQUIRE(told);
  CHECK(told->was == desk.sent.feedback.due_at);
  CHECK(told->is == now_is.due_at);
  REQUIRE(told->because.size() == 1);
  CHECK(told->because[0].day == date(11, 27));
  CHECK(told->because[0].name_en == "Storm");
  // The ledger holds the new date.
  const auto entries = desk.read([&](db::Read& r) {
    return ledger::entries_of(r, {"feedback", desk.sent.feedback.id.value});
  });
  CHECK(ledger::text_in(entries.back().payload, "due") == to_iso(now_is.due_at));
}

TEST_CASE("nothing is counted twice for one change, whichever node counts") {
  Desk desk;
  desk.change({off(date(11, 27))});
  const auto once = [&] {
    return desk.write([&, salts = ledger::draw(desk.random)](db::Write& w) {
      return recount(w, desk.sent.feedback.id, *workdays::current(), salts, desk.now);
    });
  };
  CHECK(once().value());
  CHECK_FALSE(once().value());
  desk.count_all();
  CHECK(desk.moves().size() == 1);
  CHECK(desk.due() == "2026-12-04");
}

TEST_CASE("several who count at once move each case once") {
  Desk desk;
  std::vector<test::City::Sent> all = {desk.sent};
  while (all.size() < 30) all.push_back(desk.send_one());
  desk.change({off(date(11, 27))});
  std::vector<std::jthread> threads;
  for (std::uint64_t seed = 1; seed <= 4; ++seed)
    threads.emplace_back([&desk, seed] {
      SeededRandom random{seed};
      for (int turn = 0; turn < 3; ++turn)
        static_cast<void>(recount_open(desk.database, random, desk.now));
    });
  threads.clear();
  for (const auto& each : all) {
    desk.sent = each;
    CHECK(desk.moves().size() == 1);
    CHECK(desk.due() == "2026-12-04");
  }
}

TEST_CASE("a holiday that is taken out again draws nothing back") {
  Desk desk;
  desk.change({off(date(11, 27))});
  desk.count_all();
  desk.change({plain(date(11, 27))});
  desk.count_all();
  CHECK(desk.due() == "2026-12-04");
  CHECK(desk.moves().size() == 1);
  // What is sent from now on is counted without it; and the day that comes back moves only that.
  const auto later = desk.send_one();
  CHECK(to_iso(local_day(later.feedback.due_at)) == "2026-12-03");
  CHECK(later.feedback.calendar_revision == 2);
}

TEST_CASE("several days of one change move a case once") {
  Desk desk;
  desk.change({off(date(11, 27)), off(date(11, 30)), off(date(12, 3)), off(date(12, 20))});
  desk.count_all();
  CHECK(desk.due() == "2026-12-08");
  REQUIRE(desk.moves().size() == 1);
  CHECK(read_moved(desk.moves()[0].text)->because.size() == 3);
}

TEST_CASE("a day after the deadline moves nothing, and the job comes to an end") {
  Desk desk;
  desk.change({off(date(12, 4))});
  desk.count_all();
  CHECK(desk.due() == "2026-12-03");
  CHECK(desk.moves().empty());
  CHECK(desk.current(desk.sent).calendar_revision == 1);
  CHECK(desk.read([](db::Read& r) { return progress_of(r, "calendar"); }) == 1);
}

TEST_CASE("what another node took in before it had heard is counted a minute later") {
  Desk desk;
  desk.change({off(date(11, 27))});
  const workdays::Shared heard = workdays::current();
  while (recount_open(desk.database, desk.random, desk.now) > 0) {
  }
  workdays::hold(std::make_shared<const workdays::Calendar>(std::vector<workdays::Change>{}), true);
  const auto late = desk.send_one();
  workdays::hold(heard, true);
  CHECK(to_iso(local_day(late.feedback.due_at)) == "2026-12-03");
  desk.count_all();
  CHECK(to_iso(local_day(desk.current(late).due_at)) == "2026-12-04");
}

TEST_CASE("a case that waits for its sender is moved, and gets its pause besides") {
  Desk desk, other;
  for (Desk* each : {&desk, &other}) {
    each->do_assign();
    const auto act = each->by_head();
    REQUIRE(each->write([&](db::Write& w) { return ask(w, act, "Ở ngõ nào vậy ạ?"); }).ok());
  }
  workdays::refresh(desk.database, true);
  desk.change({off(date(11, 27))});
  desk.count_all();
  CHECK(desk.due() == "2026-12-04");
  // Answered on Wednesday at nine: one working day, for the 24th is off.
  desk.now = at_local(date(11, 25), 9h);
  const CitizenAct act{.citizen = people::Citizen(desk.sent.secret),
                       .code = desk.sent.feedback.code,
                       .salts = ledger::draw(desk.random),
                       .now = desk.now,
                       .text = "Ngõ 12."};
  REQUIRE(desk.write([&](db::Write& w) { return reply(w, act); }).ok());
  CHECK(desk.due() == "2026-12-07");
  desk.count_all();
  CHECK(desk.due() == "2026-12-07");
  // A day that is taken away while it had stood still is not given twice.
  desk.change({off(date(11, 25))});
  desk.count_all();
  CHECK(desk.due() == "2026-12-08");
}

TEST_CASE("a promise keeps its day, and an answered case has no date to move") {
  Desk desk;
  desk.do_assign();
  const auto act = desk.by_head();
  REQUIRE(desk.write([&](db::Write& w) {
                return promise(w, act, "Sẽ thay toàn bộ dây trong tuần tới.", date(11, 27));
              })
              .ok());
  desk.change({off(date(11, 27))});
  desk.count_all();
  CHECK(desk.current(desk.sent).promised_on == date(11, 27));
  CHECK(desk.due() == "2026-12-03");
  CHECK(desk.moves().empty());
}

TEST_CASE("an extension is given once, with a reason, and never makes an answer punctual") {
  Desk desk;
  const std::string why = "Phải chờ vật tư của công ty chiếu sáng đến tuần sau.";
  const auto extend_to = [&](Day day, const std::string& text) {
    const auto act = desk.by_head();
    const auto result = desk.write([&](db::Write& w) { return extend(w, act, text, day); });
    return result.ok() ? std::string("fine") : std::string(result.error().text.name());
  };
  const auto is_offered = [&] {
    return is_open_to(desk.officer("head"), Task::extend, desk.current(desk.sent), desk.now);
  };
  CHECK(is_offered());
  CHECK(extend_to(date(12, 8), "Bận.") == "feedback.error.text_short");
  CHECK(extend_to(date(12, 3), why) == "feedback.error.extend_day");   // Not later.
  CHECK(extend_to(date(12, 12), why) == "feedback.error.extend_day");  // A Saturday.
  CHECK(extend_to(date(12, 15), why) == "feedback.error.extend_day");  // More than 7 days again.
  CHECK(extend_to(date(12, 14), why) == "fine");
  CHECK_FALSE(is_offered());
  CHECK(desk.due() == "2026-12-14");
  CHECK(extend_to(date(12, 15), why) == "feedback.error.extended_once");
  const Feedback now_is = desk.current(desk.sent);
  CHECK(now_is.first_due_at == desk.sent.feedback.due_at);
  CHECK_FALSE(is_late_with_extension(now_is, now_is.first_due_at));
  CHECK(is_late_with_extension(now_is, now_is.first_due_at + 1h));
  CHECK_FALSE(is_overdue(now_is, now_is.due_at));
  CHECK(is_overdue(now_is, now_is.due_at + 1h));
  // A new holiday moves the extended date.
  desk.change({off(date(12, 10))});
  desk.count_all();
  CHECK(desk.due() == "2026-12-15");
}

TEST_CASE("what is past cannot be extended") {
  Desk desk;
  desk.now = desk.sent.feedback.due_at + 1h;
  const auto act = desk.by_head();
  const auto late = desk.write([&](db::Write& w) {
    return extend(w, act, "Phải chờ vật tư của công ty chiếu sáng.", date(12, 8));
  });
  CHECK(late.error().text.name() == std::string_view("feedback.error.extend_late"));
}

}  // namespace ln::feedback
