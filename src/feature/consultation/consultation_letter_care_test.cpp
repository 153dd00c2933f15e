// Grouping and reading letters when something comes between: a new version, a person, a fault.
#include <doctest/doctest.h>

#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "feature/consultation/consultation_letter.h"
#include "feature/consultation/consultation_store_inbox.h"
#include "test/letter_desk.h"

namespace ln::consultation {
namespace {

using test::letter_of;

struct CareDesk : test::LetterDesk {
  CareDesk() { make_open(); }
  void ask() {
    REQUIRE(write([&](db::Write& w) { return ask_grouping(w, act(), id); }).ok());
  }
  Grouping grouping() {
    return read([&](db::Read& r) { return find_grouping(r, id); }).value();
  }
  void publish_other() {
    auto other = typed(test::second_text);
    other.note = "Thêm một điều.";
    REQUIRE(write([&](db::Write& w) { return change(w, act(), id, other); }).ok());
    REQUIRE(write([&](db::Write& w) { return publish_version(w, act(), id); }).ok());
  }
  // Does `what` once, when the job says that it begins to place.
  GroupingTools when_placing(const std::function<void()>& what) {
    return {.clock = [this] { return now; },
            .is_stopping =
                [this, what, is_done = false]() mutable {
                  if (is_done || grouping().step != GroupingStep::placing) return false;
                  is_done = true;
                  what();
                  return false;
                }};
  }
};

}  // namespace

TEST_CASE("a version published while comments are grouped: they are read again under its numbers") {
  CareDesk desk;
  for (std::size_t i = 0; i < 6; ++i) desk.say("d2.1", letter_of(i));
  desk.say("d1.1", "Phạm vi nên gồm cả viên chức.");
  desk.ask();
  REQUIRE(group_next(desk.database, desk.random, desk.when_placing([&] { desk.publish_other(); })));
  // What was placed before stands under its new number; nothing was placed after.
  CHECK(desk.grouping().step == GroupingStep::waiting);
  for (const Issue& each : desk.issues()) CHECK(each.clause != "d2.1");
  REQUIRE(group_next(desk.database, desk.random, desk.tools));
  CHECK(desk.grouping().step == GroupingStep::done);
  CHECK_FALSE(desk.grouping().is_failed);
  CHECK(desk.loose() == 0);
  REQUIRE(desk.issues().size() == 2);
  CHECK(desk.issues()[0].clause == "d3.1");
}

TEST_CASE("a letter taken apart while the job reads is not filled again") {
  CareDesk desk;
  for (std::size_t i = 0; i < 6; ++i) desk.say("d2.1", letter_of(i));
  desk.group();
  const IssueId first = desk.issues().at(0).id;
  for (std::size_t i = 6; i < 9; ++i) desk.say("d2.1", letter_of(i));
  desk.say("d1.1", "Phạm vi nên gồm cả viên chức.");
  desk.ask();
  REQUIRE(group_next(desk.database, desk.random, desk.when_placing([&] {
    REQUIRE(desk.write([&](db::Write& w) { return undo_grouping(w, desk.act(), first); }).ok());
  })));
  CHECK(desk.read([&](db::Read& r) { return placed_by_machine(r, first); }) == 0);
  // Three alone are no letter: they wait with the others.
  CHECK(desk.loose() == 9);
  CHECK(desk.issues().size() == 2);
}

TEST_CASE("of more letters than one turn makes points of, the smaller wait for the next") {
  CareDesk desk;
  std::vector<std::string> bodies;
  for (int letter = 0; letter < 151; ++letter) {
    std::string words = "Thư";
    for (int n = 0; n < 30; ++n) {
      words += ' ';
      for (int k = 0; k < 4; ++k)
        words += static_cast<char>('a' + static_cast<int>(desk.random.below(26)));
    }
    for (int sender = 0; sender < 5; ++sender) bodies.push_back(words + ".");
  }
  desk.send_rows(bodies);
  desk.group();
  CHECK(desk.issues().size() == 150);
  CHECK(desk.loose() == 5);
  desk.group();
  REQUIRE(desk.issues().size() == 151);
  CHECK(desk.issues().back().origin == Origin::campaign);
  CHECK(desk.loose() == 0);
}

TEST_CASE("what a person puts beside a letter is counted apart from it") {
  CareDesk desk;
  for (std::size_t i = 0; i < 6; ++i) desk.say("d2.1", letter_of(i));
  desk.group();
  const IssueId issue = desk.issues().at(0).id;
  std::vector<CommentId> put;
  for (const char* body : {"Nên rút xuống mười ngày.", "Ba mươi ngày là quá lâu.",
                           "Xin dán ở nhà văn hóa.", "Nên gửi qua tin nhắn cho dân."})
    put.push_back(desk.say("d2.1", body).comment.id);
  REQUIRE(desk.write([&](db::Write& w) {
                return place_many(w, desk.act(), desk.id,
                                  {.comments = put, .to = issue, .title = ""},
                                  draw_issue(desk.random));
              })
              .ok());
  REQUIRE(desk.read_again() == 1);
  const Letter letter = desk.letter(issue);
  CHECK(letter.members == 6);
  CHECK(letter.fitting == 6);
  CHECK(letter.others == 4);
  auto head = desk.browser("hoa");
  head.get(desk.point_address(issue));
  CHECK(head.shows("6 thư, 100 % không thêm lời riêng."));
  CHECK(head.shows("còn 4 ý kiến khác"));
  CHECK(head.get("/staff" + desk.address("/issues")).shows("6 thư giống nhau; 4 ý kiến khác"));
}

TEST_CASE("a letter that cannot be read keeps none of those behind it waiting") {
  CareDesk desk;
  for (std::size_t i = 0; i < 6; ++i) desk.say("d2.1", letter_of(i));
  desk.send_rows(std::vector<std::string>(6, "Xin giữ nguyên khoản này như bản hiện hành."),
                 "d1.1");
  desk.group();
  const auto issues = desk.issues();
  REQUIRE(issues.size() == 2);
  for (const Issue& each : issues) desk.write([&](db::Write& w) { mark_stale(w, each.id); });
  desk.now += std::chrono::hours(1);
  GroupingTools tools = desk.tools;
  int asked = 0;
  tools.is_stopping = [&] {
    // Once before the first letter, then with each text of it.
    if (++asked == 2) throw std::runtime_error("no such text");
    return false;
  };
  CHECK(read_letters(desk.database, desk.random, tools) == 2);
  CHECK(desk.letter(issues[0].id).is_stale != desk.letter(issues[1].id).is_stale);
  // It is asked again after ten minutes.
  CHECK(read_letters(desk.database, desk.random, desk.tools) == 0);
  desk.now += std::chrono::minutes(11);
  CHECK(read_letters(desk.database, desk.random, desk.tools) == 1);
  CHECK_FALSE(desk.letter(issues[0].id).is_stale);
}

TEST_CASE("a grouping that breaks off is ended, and the desk is told") {
  CareDesk desk;
  for (std::size_t i = 0; i < 6; ++i) desk.say("d2.1", letter_of(i));
  desk.ask();
  CHECK_THROWS(group_next(desk.database, desk.random,
                          {.clock = [&] { return desk.now; },
                           .is_stopping = []() -> bool { throw std::runtime_error("no text"); }}));
  CHECK(desk.grouping().is_failed);
  auto head = desk.browser("hoa");
  CHECK(head.get("/staff" + desk.address("/issues")).shows("bị dừng giữa chừng"));
  desk.now += grouping_dead_after + std::chrono::seconds(1);
  CHECK_FALSE(group_next(desk.database, desk.random, desk.tools));
  desk.group();
  CHECK_FALSE(desk.grouping().is_failed);
  CHECK(desk.loose() == 0);
}

TEST_CASE("of a search everywhere nothing moves that stands under an answered point") {
  CareDesk desk;
  const auto told = desk.say("d2.1", "Ba mươi ngày là quá lâu.");
  desk.say("d1.1", "Phạm vi nên gồm cả viên chức.");
  const auto made = desk.write([&](db::Write& w) {
    return place_in_new(w, desk.act(), desk.id, "Rút ngắn thời hạn", {*told.comment.code},
                        draw_issue(desk.random));
  });
  REQUIRE(made.ok());
  EditAct answering = desk.act();
  answering.revision = made.value().revision;
  REQUIRE(desk.write([&](db::Write& w) {
                return answer_issue(w, answering, made.value().id,
                                    {.answer = Answer::noted, .reason = "Cảm ơn đã góp ý."},
                                    ledger::draw(desk.random));
              })
              .ok());
  InboxAsked asked{.consultation = desk.id, .where = InboxAsked::Where::anywhere};
  const auto found = [&] {
    return desk.read([&](db::Read& r) { return inbox_of(r, asked, 10).size(); });
  };
  CHECK(found() == 2);
  asked.is_to_move = true;
  CHECK(found() == 1);
}

}  // namespace ln::consultation
