#include "feature/feedback/feedback.h"

#include <doctest/doctest.h>

#include <string>

#include "core/ledger/ledger_store.h"
#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_jobs.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_lists.h"
#include "test/city.h"

namespace ln::feedback {
namespace {

using people::Role;

Typed typed(const std::string& about, const std::string& unit) {
  Typed made;
  made.about = about;
  made.unit = unit;
  made.body = "Chờ từ tám giờ đến trưa mà không ai gọi số.";
  return made;
}

// One case and those who act on it, by the actions alone.
struct Desk : test::City {
  Sent sent;

  explicit Desk(const Typed& what = typed("procedure", "P1")) : sent(send(what)) {
    add_staff("ward", Role::head, "P1");
    add_staff("city", Role::head, "01");
  }

  OfficerAct by(const std::string& login) {
    return {.officer = officer(login),
            .code = sent.feedback.code,
            .revision = current(sent).revision,
            .salts = ledger::draw(random),
            .now = now};
  }
  CitizenAct by_citizen(const std::string& text = "") {
    return {.citizen = people::Citizen(sent.secret),
            .code = sent.feedback.code,
            .salts = ledger::draw(random),
            .now = now,
            .text = text};
  }
  template <class Body>
  std::string outcome(Body body) {
    const auto result = write(body);
    return result.ok() ? std::string(to_text(result.value().state))
                       : std::string(result.error().text.name());
  }
  std::string do_assign(const std::string& login = "ward") {
    const auto act = by(login);
    return outcome([&](db::Write& w) { return assign(w, act, accounts.at(login).value); });
  }
  std::string do_answer(const std::string& login = "ward") {
    const auto act = by(login);
    const Answer given{.text = "Đã mở thêm hai quầy và sửa máy lấy số từ sáng nay.",
                       .outcome = Outcome::confirmed,
                       .evidence = "Biên bản ngày 23/11",
                       .files = {}};
    return outcome([&](db::Write& w) { return answer(w, act, given); });
  }
  std::string do_ask() {
    const auto act = by("ward");
    return outcome([&](db::Write& w) { return ask(w, act, "Bạn đến hôm nào?"); });
  }
  std::string do_decline() {
    const auto act = by(current(sent).unit == units.at("01").id ? "city" : "ward");
    return outcome([&](db::Write& w) {
      return decline(w, act, DeclineReason::court, "Việc này tòa án đang xét xử, xin đợi tòa.");
    });
  }
  std::string do_transfer(const std::string& to, const std::string& login = "city") {
    const auto act = by(login);
    return outcome(
        [&](db::Write& w) { return transfer(w, act, units.at(to), "Thuộc thẩm quyền nơi này"); });
  }
  std::string do_by_citizen(Result<Feedback> (*act)(db::Write&, const CitizenAct&),
                            const std::string& text = "Chưa xong") {
    const auto made = by_citizen(text);
    return outcome([&](db::Write& w) { return act(w, made); });
  }
  std::vector<ledger::Stored> entries() {
    return read(
        [&](db::Read& r) { return ledger::entries_of(r, {"feedback", sent.feedback.id.value}); });
  }
  std::vector<Event> events() {
    return read([&](db::Read& r) { return events_of(r, sent.feedback.id); });
  }
};

Feedback example(State state) {
  SeededRandom random(1);
  Feedback made{.code = Code::draw(random)};
  made.state = state;
  return made;
}

std::string refusal(const Result<State>& result) {
  return result.ok() ? std::string(to_text(result.value()))
                     : std::string(result.error().text.name());
}

std::string letters(std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += i % 8 == 7 ? " " : "ễ";
  if (all.ends_with(' ')) all.back() = 'x';
  return all;
}

}  // namespace

TEST_CASE("who may do what, when: the whole table") {
  std::string allowed;
  const std::string table = who_may_do_what();
  std::size_t lines = 0;
  for (std::size_t at = 0; at < table.size();) {
    const std::size_t end = table.find('\n', at);
    const std::string line = table.substr(at, end - at);
    at = end + 1;
    ++lines;
    if (line.find("-           -           -") == std::string::npos) allowed += line + "\n";
  }
  // Every state with every act is in the table; what is not below is refused to everybody.
  CHECK(lines == 1 + all_states.size() * all_acts.size());
  CHECK(allowed ==
        R"(state       act       citizen     office      clock
received    accept    -           accepted    -
received    assign    -           assigned    -
received    transfer  -           received    -
received    decline   -           declined    -
received    redirect  -           redirected  -
accepted    assign    -           assigned    -
accepted    transfer  -           received    -
accepted    decline   -           declined    -
accepted    redirect  -           redirected  -
assigned    assign    -           assigned    -
assigned    transfer  -           received    -
assigned    ask       -           asked       -
assigned    answer    -           answered    -
assigned    promise   -           promised    -
assigned    decline   -           declined    -
assigned    redirect  -           redirected  -
asked       reply     assigned    -           -
asked       resume    -           -           assigned
asked       answer    -           answered    -
answered    approve   closed      -           -
answered    reopen    reopened    -           -
answered    lapse     -           -           closed
promised    answer    -           answered    -
promised    reopen    reopened    -           -
declined    contest   reopened    -           -
redirected  contest   reopened    -           -
reopened    accept    -           accepted    -
reopened    assign    -           assigned    -
reopened    transfer  -           reopened    -
reopened    decline   -           declined    -
reopened    redirect  -           redirected  -
closed      reopen    reopened    -           -
)");
}

TEST_CASE("what the table allows is refused at the wrong time") {
  const Instant now = test::monday;
  Feedback f = example(State::assigned);
  CHECK(refusal(next_state(f, Act::ask, Party::office, now)) == "asked");
  f.ask_count = 1;
  CHECK(refusal(next_state(f, Act::ask, Party::office, now)) == "feedback.error.asked_once");
  CHECK(refusal(next_state(f, Act::approve, Party::office, now)) == "feedback.error.not_now");

  f = example(State::declined);
  CHECK(refusal(next_state(f, Act::contest, Party::citizen, now)) == "reopened");
  f.contest_count = 1;
  CHECK(refusal(next_state(f, Act::contest, Party::citizen, now)) ==
        "feedback.error.contested_once");

  f = example(State::closed);
  f.closed_at = now - silence_may_reopen_within;
  f.closed_by = "silence";
  CHECK(refusal(next_state(f, Act::reopen, Party::citizen, now)) == "reopened");
  f.closed_at = *f.closed_at - std::chrono::milliseconds(1);
  CHECK(refusal(next_state(f, Act::reopen, Party::citizen, now)) ==
        "feedback.error.closed_too_long");
  f.closed_at = now;
  f.closed_by = "citizen";
  CHECK(refusal(next_state(f, Act::reopen, Party::citizen, now)) ==
        "feedback.error.accepted_already");

  f = example(State::promised);
  f.promised_on = local_day(now);
  CHECK(refusal(next_state(f, Act::reopen, Party::citizen, now)) ==
        "feedback.error.promise_still_runs");
  CHECK(refusal(next_state(f, Act::reopen, Party::citizen, now + std::chrono::days(1))) ==
        "reopened");

  f = example(State::answered);
  CHECK(refusal(next_state(f, Act::lapse, Party::clock, now)) == "feedback.error.not_silent_yet");
  f.last_answered_at = now - silence_closes_after + std::chrono::milliseconds(1);
  CHECK(refusal(next_state(f, Act::lapse, Party::clock, now)) == "feedback.error.not_silent_yet");
  f.last_answered_at = now - silence_closes_after;
  CHECK(refusal(next_state(f, Act::lapse, Party::clock, now)) == "closed");
}

TEST_CASE("sending leaves one entry with the citizen's public key, and the secret nowhere") {
  Desk desk;
  const auto entries = desk.entries();
  REQUIRE(entries.size() == 1);
  CHECK(entries[0].event == ledger::Event::received);
  const auto key = ledger::registered_in(entries[0].payload);
  REQUIRE(key.has_value());
  CHECK(as_text(*key) == people::Citizen(desk.sent.secret).public_key());
  CHECK(desk.current(desk.sent).citizen_key == people::Citizen(desk.sent.secret).public_key());
  CHECK(entries[0].payload.find(desk.sent.secret) == std::string::npos);
  CHECK(desk.events().size() == 1);
}

TEST_CASE("each act leaves exactly one entry and one event; a note leaves no entry") {
  Desk desk;
  auto grew = [&, entries = desk.entries().size(), events = desk.events().size()]() mutable {
    const bool both = desk.entries().size() == ++entries && desk.events().size() == ++events;
    CHECK(desk.events().back().ledger_index == desk.entries().back().index());
    return both;
  };
  CHECK(desk.do_assign() == "assigned");
  CHECK(grew());
  CHECK(desk.do_ask() == "asked");
  CHECK(grew());
  CHECK(desk.do_by_citizen(reply, "Thứ Hai") == "assigned");
  CHECK(grew());
  CHECK(desk.do_answer() == "answered");
  CHECK(grew());
  CHECK(desk.do_by_citizen(reopen) == "reopened");
  CHECK(grew());
  CHECK(desk.do_assign() == "assigned");
  CHECK(grew());
  CHECK(desk.do_decline() == "declined");
  CHECK(grew());
  CHECK(desk.do_by_citizen(contest) == "reopened");
  CHECK(grew());
  CHECK(desk.do_assign("city") == "assigned");
  CHECK(grew());
  CHECK(desk.do_answer("city") == "answered");
  CHECK(grew());
  CHECK(desk.do_by_citizen(approve) == "closed");
  CHECK(grew());
  const std::size_t before = desk.entries().size();
  const auto act = desk.by("city");
  CHECK(desk.outcome([&](db::Write& w) { return note(w, act, "Gọi lại phường"); }) == "closed");
  CHECK(desk.entries().size() == before);
  CHECK(desk.events().back().audience == Audience::staff);
}

TEST_CASE("accepting publishes no words of the citizen") {
  Desk desk;
  desk.do_assign();
  desk.do_answer();
  CHECK(desk.do_by_citizen(approve, "Cảm ơn, tôi là Hoa ở số 12") == "closed");
  CHECK(desk.events().back().audience == Audience::public_);
  CHECK(desk.events().back().text.empty());
}

TEST_CASE("a wrong secret and a code that does not exist are refused alike") {
  Desk desk;
  desk.do_assign();
  desk.do_answer();
  const std::size_t before = desk.entries().size();
  desk.sent.secret = "22222222222222222222";
  for (const auto act : {approve, reopen, reply, contest})
    CHECK(desk.do_by_citizen(act) == "feedback.error.code_or_secret");
  CHECK(desk.entries().size() == before);
}

TEST_CASE("conduct goes above the unit complained about") {
  test::City city;
  const auto handler = [&](const char* about, const char* unit) {
    return city.unit_of(city.send(typed(about, unit)).feedback);
  };
  CHECK(handler("conduct", "Q1") == "P1");
  CHECK(handler("conduct", "P1") == "01");
  CHECK(handler("conduct", "thanh-tra") == "01");
  CHECK(handler("conduct", "01") == "thanh-tra");
  CHECK(handler("procedure", "Q1") == "P1");
  CHECK(handler("procedure", "P1") == "P1");
  CHECK(handler("conduct", "") == "01");
  CHECK(city.send(typed("conduct", "P1")).feedback.is_protected);
  CHECK_FALSE(city.send(typed("procedure", "P1")).feedback.is_protected);
}

TEST_CASE("a case is never handed to the unit it complains about, nor below it") {
  Desk desk(typed("conduct", "P1"));
  CHECK(desk.do_transfer("P1") == "feedback.error.unit_accused");
  CHECK(desk.do_transfer("Q1") == "feedback.error.unit_accused");
  CHECK(desk.do_transfer("01") == "feedback.error.unit_unfit");
  const auto act = desk.by("ward");
  CHECK(desk.outcome([&](db::Write& w) { return accept(w, act); }) ==
        "feedback.error.no_such_case");
  CHECK(desk.entries().size() == 1);
  CHECK(desk.do_transfer("P2") == "received");
}

TEST_CASE("a transfer never restarts the clock") {
  Desk desk;
  const Instant due = desk.sent.feedback.due_at;
  desk.now += std::chrono::days(3);
  REQUIRE(desk.do_transfer("P2") == "received");
  const Feedback moved = desk.current(desk.sent);
  CHECK(moved.due_at == due);
  CHECK(moved.first_due_at == due);
  CHECK(moved.transfer_count == 1);
  CHECK(desk.unit_of(moved) == "P2");
}

TEST_CASE("a promise is overdue from the day after it, and not while it runs") {
  Desk desk;
  REQUIRE(desk.do_assign() == "assigned");
  const auto act = desk.by("ward");
  const Day day = local_day(desk.now) + std::chrono::days(30);
  REQUIRE(desk.outcome([&](db::Write& w) {
    return promise(w, act, "Cần mua vật tư, chúng tôi làm xong trước ngày đã hẹn.", day);
  }) == "promised");
  const auto overdue = [&] {
    const QueueFilter filter{.top = desk.units.at("P1").path,
                             .own = "," + desk.units.at("P1").path + ",",
                             .tab = Tab::overdue,
                             .about = {},
                             .now = desk.now,
                             .soon_until = desk.now};
    const auto counts = desk.read([&](db::Read& r) { return queue_counts(r, filter); });
    const auto rows = desk.read([&](db::Read& r) { return queue(r, filter); });
    CHECK(counts.of_tab[1] == static_cast<std::int64_t>(rows.size()));
    return rows.size();
  };
  desk.now += std::chrono::days(30);
  CHECK(overdue() == 0);
  desk.now += std::chrono::days(1);
  CHECK(overdue() == 1);
}

TEST_CASE("a pause moves the due date by its working time, five days at most") {
  const auto due_after = [](std::chrono::hours waited) {
    Desk desk;
    desk.do_assign();
    desk.do_ask();
    desk.now += waited;
    CHECK(desk.do_by_citizen(reply, "Thứ Hai") == "assigned");
    return to_iso(desk.current(desk.sent).due_at);
  };
  // From Monday 09:00; Tuesday 24 November is a day off.
  CHECK(due_after(std::chrono::hours(0)) == "2026-12-03T10:00:00Z");
  CHECK(due_after(std::chrono::hours(2)) == "2026-12-04T10:00:00Z");
  CHECK(due_after(std::chrono::hours(48)) == "2026-12-04T10:00:00Z");
  CHECK(due_after(std::chrono::hours(24 * 20)) == "2026-12-10T10:00:00Z");
}

TEST_CASE("no reply ends the pause and never closes the case") {
  Desk desk;
  desk.do_assign();
  desk.do_ask();
  desk.now = pause_ends_at(desk.now, "") - std::chrono::milliseconds(1);
  CHECK(resume_asked(desk.database, desk.random, desk.now) == 0);
  desk.now += std::chrono::milliseconds(1);
  CHECK(resume_asked(desk.database, desk.random, desk.now) == 1);
  CHECK(desk.current(desk.sent).state == State::assigned);
  CHECK(desk.do_ask() == "feedback.error.asked_once");
}

TEST_CASE("not fixed: the same unit once, then the one above; a refusal is contested once") {
  Desk desk;
  desk.do_assign();
  desk.do_answer();
  CHECK(desk.do_by_citizen(reopen) == "reopened");
  CHECK(desk.unit_of(desk.current(desk.sent)) == "P1");
  CHECK(desk.current(desk.sent).first_due_at == desk.sent.feedback.first_due_at);
  desk.do_assign();
  desk.do_answer();
  CHECK(desk.do_by_citizen(reopen) == "reopened");
  CHECK(desk.unit_of(desk.current(desk.sent)) == "01");
  desk.do_assign("city");
  CHECK(desk.do_decline() == "declined");
  CHECK(desk.do_by_citizen(contest) == "reopened");
  CHECK(desk.unit_of(desk.current(desk.sent)) == "01");
  CHECK(desk.do_decline() == "declined");
  CHECK(desk.do_by_citizen(contest) == "feedback.error.contested_once");
}

TEST_CASE("a contested refusal goes to the unit above, and starts there anew") {
  Desk desk;
  desk.do_assign();
  REQUIRE(desk.do_decline() == "declined");
  CHECK(desk.unit_of(desk.current(desk.sent)) == "P1");
  REQUIRE(desk.do_by_citizen(contest) == "reopened");
  CHECK(desk.unit_of(desk.current(desk.sent)) == "01");
}

TEST_CASE("fifteen days of silence close a case apart from those the citizen accepted") {
  Desk desk;
  desk.do_assign();
  desk.do_answer();
  desk.now += silence_closes_after - std::chrono::milliseconds(1);
  CHECK(lapse_silent(desk.database, desk.random, desk.now) == 0);
  desk.now += std::chrono::milliseconds(1);
  CHECK(lapse_silent(desk.database, desk.random, desk.now) == 1);
  CHECK(desk.current(desk.sent).state == State::closed);
  CHECK(desk.current(desk.sent).closed_by == "silence");
  CHECK(desk.entries().back().event == ledger::Event::lapsed);
  CHECK(desk.do_by_citizen(reopen) == "reopened");
}

TEST_CASE("people write codes in many ways") {
  for (const char* way :
       {"7K3M4Q2P", "7k3m4q2p", "HN-7K3M-4Q2P", "hn 7k3m 4q2p", " HN7K3M4Q2P ", "7K3M - 4Q2P"}) {
    CAPTURE(way);
    REQUIRE(Code::parse(way).has_value());
    CHECK(Code::parse(way)->text() == "7K3M4Q2P");
  }
  CHECK(Code::parse("HN-7K3M-4Q2P")->shown() == "HN-7K3M-4Q2P");
  CHECK(Code::parse("HNHN2345")->text() == "HNHN2345");
  for (const char* way : {"", "7K3M4Q2", "7K3M4Q2PX", "7K3M4Q20", "7K3M4QIO", "SG-7K3M-4Q2P",
                          "HN-HN-7K3M-4Q2P", "7K3M_4Q2P", "7K3M4Q2ễ"}) {
    CAPTURE(way);
    CHECK_FALSE(Code::parse(way).has_value());
  }
}

TEST_CASE("a title is the beginning of what was written, cut at a word") {
  CHECK(title_from("Đèn đường hỏng") == "Đèn đường hỏng");
  CHECK(title_from("Đèn đường hỏng\nTừ tuần trước") == "Đèn đường hỏng");
  CHECK(title_from("Đèn đường trước nhà hỏng. Từ tuần trước.") == "Đèn đường trước nhà hỏng");
  const std::string cut = title_from(letters(200));
  CHECK(cut.ends_with("…"));
  CHECK(count_chars(cut) <= 81);
  CHECK(is_utf8(cut));
}

TEST_CASE("limits count letters, not bytes") {
  test::City city;
  Typed what = typed("place", "P1");
  what.body = letters(body_chars_max);
  CHECK(what.body.size() > 12'000);
  CHECK(city.prepare(what).ok());
  what.body += "ễ";
  const auto refused = city.prepare(what);
  REQUIRE_FALSE(refused.ok());
  REQUIRE(refused.error().fields.size() == 1);
  CHECK(refused.error().fields[0].field == "body");
  CHECK(refused.error().fields[0].text.name() == "feedback.error.body_long");
}

TEST_CASE("everything that is wrong with a case is told at once") {
  test::City city;
  Typed what;
  what.about = "weather";
  what.topic = "none";
  what.unit = "99";
  what.title = letters(title_chars_max + 1);
  what.day = "30";
  what.month = "2";
  what.year = "2026";
  const auto refused = city.prepare(what);
  REQUIRE_FALSE(refused.ok());
  std::string fields;
  for (const FieldError& each : refused.error().fields) fields += each.field + " ";
  CHECK(fields == "about topic unit body title day ");
}

}  // namespace ln::feedback
