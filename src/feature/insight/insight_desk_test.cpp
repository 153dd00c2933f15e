#include "feature/insight/insight_desk.h"

#include <doctest/doctest.h>

#include "core/people/people_session.h"
#include "engine/text/text_letter.h"
#include "feature/feedback/feedback_coach.h"
#include "feature/insight/insight_jobs_board.h"
#include "feature/insight/insight_store_desk.h"
#include "feature/insight/insight_store_emerging.h"
#include "test/city.h"

namespace ln::insight {
namespace {

using std::chrono::days;

// A city with a leader, two heads and two officers, and cases that grow late.
struct Busy : test::City {
  Busy() {
    forget_board();
    add_staff("mayor", people::Role::head, "01");
    add_staff("head-p1", people::Role::head, "P1");
    add_staff("nam", people::Role::handler, "P1");
    add_staff("lan", people::Role::handler, "P1");
  }
  ~Busy() { forget_board(); }
  Sent place(const std::string& unit, const std::string& title, bool is_protected = false) {
    feedback::Typed made;
    made.about = "place";
    made.unit = unit;
    made.title = title;
    made.body = title + ", ba tuần nay tối om";
    made.is_protected = is_protected;
    return send(made);
  }
  template <class Change>
  void change(const Sent& sent, Change how) {
    write([&](db::Write& w) {
      auto row = *feedback::find(w, sent.feedback.id);
      how(row);
      CHECK(feedback::save(w, row));
    });
  }
  struct Person : test::Browser {
    Person(Busy& city, const std::string& login) : Browser(city, city.router, city.site) {
      set_cookie(std::string(people::session_cookie), "token-of-" + login);
    }
  };
  Person browser(const std::string& login) { return Person(*this, login); }
  Desk desk(const std::string& unit) {
    return read([&](db::Read& r) { return read_desk(r, units.at(unit).path, now); });
  }
};

BoardUnit told_unit(std::initializer_list<stats::Share> satisfied) {
  BoardUnit unit;
  unit.unit.path = "/1/";
  std::size_t q = board_quarters - 1 - satisfied.size();
  for (const stats::Share& each : satisfied) {
    unit.quarters[q].ratings.counts = {each.whole - each.part, 0, 0, 0, each.part};
    unit.rated.counts[q] = true;
    ++q;
  }
  return unit;
}

}  // namespace

TEST_CASE("a fall is named only where a test shows it, and the running quarter is left out") {
  Board board;
  board.units.push_back(told_unit({{90, 100}, {90, 100}, {60, 100}, {60, 100}}));
  REQUIRE(falls_within(board, "/1/").size() == 1);
  CHECK(falls_within(board, "/1/").front().before.part == 180);
  CHECK(falls_within(board, "/2/").empty());
  board.units.front() = told_unit({{9, 10}, {9, 10}, {8, 10}, {8, 10}});
  CHECK(falls_within(board, "/1/").empty());
  board.units.front() = told_unit({{60, 100}, {60, 100}, {90, 100}, {90, 100}});
  CHECK(falls_within(board, "/1/").empty());
  board.units.front() = told_unit({{90, 100}, {90, 100}, {60, 100}, {60, 100}});
  board.units.front().rated.counts[board_quarters - 2] = false;
  CHECK(falls_within(board, "/1/").empty());
}

TEST_CASE("a leader's desk lists what is overdue and promised, the longest first") {
  Busy city;
  const auto first = city.place("P1", "Đèn đường ngõ 82 tắt");
  city.now += days(1);
  city.place("P2", "Cống ngõ 9 vỡ nắp");
  const auto promised = city.place("P2", "Vỉa hè ngõ 5 lún");
  city.place("P1", "Rác ngõ 7 bốc mùi", true);
  city.change(promised, [&](feedback::Feedback& row) {
    row.state = feedback::State::promised;
    row.answered_at = row.last_answered_at = city.now;
    row.promised_on = local_day(city.now) + days(10);
  });
  city.now += days(40);
  const Desk desk = city.desk("01");
  CHECK(desk.open == 3);
  CHECK(desk.late == 2);
  CHECK(desk.promises_late == 1);
  REQUIRE(desk.overdue.size() == 2);
  CHECK(desk.overdue.front().code == first.feedback.code.text());
  REQUIRE(desk.promises.size() == 1);
  CHECK(desk.units.front().name == "Phường Hai");
  CHECK(city.desk("P1").late == 1);
}

TEST_CASE("a leader's desk counts each promise once, and a broken one until it is done") {
  Busy city;
  const auto promised = city.place("P2", "Vỉa hè ngõ 5 lún");
  city.change(promised, [&](feedback::Feedback& row) {
    row.state = feedback::State::promised;
    row.answered_at = row.last_answered_at = city.now;
    row.promised_on = local_day(city.now) + days(10);
  });
  const auto owe = [&](const char* unit, const char* state, std::int64_t case_id) {
    city.write([&](db::Write& w) {
      w.run(
          "INSERT INTO commitment (unit_id, unit_path, source, text, due_on, state, broken_at, "
          "created_by, created_at, origin, origin_id, origin_part) "
          "VALUES ($1, $2, 'desk', $3, $4, $5, $6, 1, $7, $8, $9, 1)",
          city.units.at(unit).id, city.units.at(unit).path,
          case_id == 0 ? "Trả lại vỉa hè trước cổng chợ." : "", local_day(city.now) + days(10),
          state,
          std::string_view(state) == "broken" ? std::optional(city.now) : std::optional<Instant>(),
          city.now, case_id == 0 ? "" : "feedback", case_id);
    });
  };
  // Before a job has made it a commitment it counts as the case.
  CHECK(city.desk("01").promised == 1);
  owe("P2", "open", promised.feedback.id.value);
  CHECK(city.desk("01").promised == 1);
  owe("P1", "broken", 0);
  owe("P1", "kept", 0);
  CHECK(city.desk("01").promised == 1);
  CHECK(city.desk("P1").promises_late == 1);
  CHECK(city.desk("P2").promises_late == 0);
  city.now += days(40);
  const Desk desk = city.desk("01");
  CHECK(desk.promises_late == 2);
  REQUIRE(desk.owed.size() == 1);
  CHECK(desk.owed.front().state == commitment::State::broken);
  city.add_staff("late-head", people::Role::head, "P1");
  auto head = city.browser("late-head");
  CHECK(head.get("/staff/desk").shows("Trả lại vỉa hè trước cổng chợ."));
  CHECK(head.shows("Không giữ lời"));
  CHECK(head.get("/en/staff/desk").shows("Promises made elsewhere, and broken ones"));
}

TEST_CASE("desks show what a head leads and nothing of another ward or of what is protected") {
  Busy city;
  city.place("P1", "Đèn đường ngõ 82 tắt");
  city.place("P2", "Cống ngõ 9 vỡ nắp");
  city.place("P1", "Rác ngõ 7 bốc mùi", true);
  city.now += days(20);
  city.add_staff("late-mayor", people::Role::head, "01");
  city.add_staff("late-head", people::Role::head, "P1");
  city.add_staff("late-nam", people::Role::handler, "P1");
  auto mayor = city.browser("late-mayor");
  mayor.get("/staff/desk");
  CHECK(mayor.shows("Bàn lãnh đạo: Thành phố Hà Nội"));
  CHECK(mayor.shows("Cống ngõ 9 vỡ nắp"));
  CHECK_FALSE(mayor.shows("Rác ngõ 7 bốc mùi"));
  CHECK(mayor.get("/en/staff/desk").shows("What is overdue"));
  auto head = city.browser("late-head");
  head.get("/staff/desk");
  CHECK(head.shows("Đèn đường ngõ 82 tắt"));
  CHECK_FALSE(head.shows("Cống ngõ 9 vỡ nắp"));
  CHECK(head.get("/staff/desk?unit=P2").status() == 404);
  CHECK(city.browser("late-nam").get("/staff/desk").status() == 403);
}

TEST_CASE("a mirror shows somebody's own work, and few ratings not at all") {
  Busy city;
  for (int i = 0; i < 6; ++i) {
    const auto sent = city.place("P1", "Đèn đường ngõ " + std::to_string(i) + " tắt");
    city.change(sent, [&](feedback::Feedback& row) {
      row.officer_id = city.accounts.at(i < 5 ? "nam" : "lan").value;
      row.state = feedback::State::answered;
      row.answered_at = row.last_answered_at = city.now + days(i);
      row.reopen_count = i == 0 ? 1 : 0;
    });
    city.write([&](db::Write& w) {
      w.run(
          "INSERT INTO satisfaction_rating (feedback_id, unit_id, score, solved, sender, "
          "first_at, changed_at) VALUES ($1, $2, 2, 'no', 'person', $3, $3)",
          sent.feedback.id, city.units.at("P1").id, city.now);
      w.run(
          "INSERT INTO feedback_event (feedback_id, event, at, party, officer_id, text, "
          "audience) VALUES ($1, 'answered', $2, 'office', $3, $4, 'public')",
          sent.feedback.id, city.now, city.accounts.at(i < 5 ? "nam" : "lan"),
          i < 5 ? "Đã ghi nhận ý kiến." : "Tổ điện đã thay bóng ngày 22/11.");
    });
  }
  const Mirror nam =
      city.read([&](db::Read& r) { return read_mirror(r, city.accounts.at("nam"), city.now); });
  CHECK(nam.answered == 5);
  CHECK(nam.reopened == 1);
  CHECK(nam.median_days == 2);
  CHECK(nam.ratings.count() == 5);
  auto page = city.browser("nam");
  page.get("/staff/mirror");
  CHECK(page.shows("5 trong 5 câu trả lời hơi ngắn"));
  CHECK(page.shows("dùng câu mẫu"));
  CHECK(page.shows("n = 5"));
  auto lan = city.browser("lan");
  lan.get("/staff/mirror");
  CHECK(lan.shows("chưa đủ 5 người chấm"));
  CHECK_FALSE(lan.shows("trong 5 câu"));
  CHECK(city.browser("lan").get("/en/staff/mirror").shows("Only you see this page."));
}

TEST_CASE("an answer shorter than its question, or sent to somebody else before, is pointed out") {
  const std::string letter =
      "Ngày 22/11 tổ điện đã thay bóng đèn và dây ở đầu ngõ 12. Đèn sáng lại từ 18 giờ. Xin lỗi vì "
      "chậm ba tuần, từ nay tổ kiểm tra mỗi thứ Hai hằng tuần.";
  CHECK(feedback::hints_beside(letter, "Đèn hỏng", {"Một bức thư khác hẳn, đủ dài để so sánh."})
            .empty());
  CHECK(feedback::hints_beside(letter, letter + letter, {}).size() == 1);
  CHECK(feedback::hints_beside(letter, "Đèn hỏng", {letter}).size() == 1);
  CHECK(feedback::hints_beside("Đã xong.", "Đèn hỏng", {"Đã xong."}).empty());
}

TEST_CASE("a letter is looked at for who, what and when") {
  const auto bad = text::look_at_letter("Xin ghi nhận ý kiến.");
  CHECK(bad.has_formula);
  CHECK_FALSE(bad.has_number);
  CHECK_FALSE(bad.has_who);
  CHECK_FALSE(bad.has_done);
  const auto good = text::look_at_letter("Ngày 22/11 tổ điện đã thay bóng đèn ở đầu ngõ 12.");
  CHECK(good.has_number);
  CHECK(good.has_who);
  CHECK(good.has_done);
  CHECK_FALSE(good.has_formula);
  CHECK(text::look_at_letter("Một hai ba. Bốn năm").longest_words == 3);
}

TEST_CASE(
    "a topic that rises in one ward is named with what is usual there, and steady ones are not") {
  Busy city;
  const Instant start = city.now - days(7 * 14);
  const auto add = [&](const std::string& unit, std::int64_t topic, Instant at) {
    const auto sent = city.place(unit, "Nước yếu");
    city.write([&](db::Write& w) {
      w.run("UPDATE feedback SET received_at = $1, topic_id = $2 WHERE id = $3", at, topic,
            sent.feedback.id);
    });
  };
  city.write([](db::Write& w) {
    for (const int id : {901, 902})
      w.run(
          "INSERT INTO feedback_topic (id, code, about, name_vi, name_en, deadline_kind, "
          "deadline_count) VALUES ($1, $2, 'place', $3, $4, 'working_days', 5)",
          id, "topic-" + std::to_string(id), "Chủ đề " + std::to_string(id),
          "Topic " + std::to_string(id));
  });
  for (int week = 0; week < 14; ++week)
    for (const char* unit : {"P1", "P2"}) {
      add(unit, 901, start + days(7 * week) + std::chrono::hours(1));
      add(unit, 902, start + days(7 * week) + std::chrono::hours(2));
    }
  for (int i = 0; i < 12; ++i) add("P1", 901, city.now - days(7) + std::chrono::hours(i));
  const Issues issues = city.read([&](db::Read& r) { return find_issues(r, city.now); });
  CHECK(issues.looked_at == 6);
  REQUIRE_FALSE(issues.all.empty());
  for (const Issue& each : issues.all) {
    CHECK(each.topic_vi == "Chủ đề 901");
    CHECK(each.unit_name != "Phường Hai");
  }
  CHECK(city.browser("mayor").get("/staff/desk").shows("Chủ đề 901"));
}

}  // namespace ln::insight
