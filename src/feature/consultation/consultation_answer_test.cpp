// What becomes of what was said: points, answers, objections, the gate, the decision, the letters.
#include "feature/consultation/consultation_answer.h"

#include <doctest/doctest.h>

#include <string>

#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_verify.h"
#include "core/people/people_jobs.h"
#include "engine/merkle/merkle.h"
#include "feature/consultation/consultation_actions_answer.h"
#include "feature/consultation/consultation_actions_decide.h"
#include "feature/consultation/consultation_actions_letter.h"
#include "feature/consultation/consultation_actions_table.h"
#include "feature/consultation/consultation_jobs_letter.h"
#include "platform/office/office.h"
#include "test/draft_desk.h"

namespace ln::consultation {
namespace {

using Kind = Blocker::Kind;

struct AnswerDesk : test::DraftDesk {
  Issue put(const std::string& title, const std::vector<Told>& comments) {
    std::vector<Code> codes;
    for (const Told& each : comments) codes.push_back(*each.comment.code);
    const auto made = write(
        [&](db::Write& w) { return place_in_new(w, act(), id, title, codes, draw_issue(random)); });
    REQUIRE(made.ok());
    return made.value();
  }
  Issue issue(IssueId issue_id) {
    return *read([&](db::Read& r) { return find_issue(r, issue_id); });
  }
  EditAct at(IssueId issue_id, const std::string& login = "hoa") {
    EditAct doing = act(login);
    doing.revision = issue(issue_id).revision;
    return doing;
  }
  Result<Issue> give(IssueId issue_id, const Given& given, const std::string& login = "hoa") {
    return write([&](db::Write& w) {
      return answer_issue(w, at(issue_id, login), issue_id, given, ledger::draw(random));
    });
  }
  Result<Issue> decline(IssueId issue_id) {
    return give(issue_id, {.answer = Answer::declined, .reason = "Luật không cho phép làm thế."});
  }
  Result<Objection> objects(const Told& told, const std::string& body = "Ý tôi không ở đó.") {
    return write([&](db::Write& w) { return object(w, by(told), body); });
  }
  Result<Objection> replies(const Told& told, const std::string& login = "hoa") {
    return write([&](db::Write& w) {
      return reply(w, act(login), *told.comment.code, "Đã bổ sung ý của ông bà vào vấn đề.",
                   ledger::draw(random));
    });
  }
  std::vector<Kind> gate() {
    std::vector<Kind> kinds;
    for (const Blocker& each : read([&](db::Read& r) { return gate_of(r, current(), now); }))
      kinds.push_back(each.kind);
    return kinds;
  }
  Result<Decision> decides(const std::string& login = "hoa") {
    return write(
        [&](db::Write& w) { return decide(w, act(login), id, "Thông qua quy chế theo bản này."); });
  }
  void close() {
    now = at_local(test::last_day + std::chrono::days(1));
    REQUIRE(close_due(database, now) == 1);
    people::keep_sessions(database, now);
    for (const auto& [login, account] : accounts)
      REQUIRE(write([&, &name = login, number = account](db::Write& w) {
                return people::open_session(w, people::AccountId{number}, "token-of-" + name, now);
              }).ok());
  }
  void publish(const char* text) {
    REQUIRE(write([&](db::Write& w) { return change(w, act(), id, typed(text)); }).ok());
    REQUIRE(write([&](db::Write& w) { return publish_version(w, act(), id); }).ok());
  }
  std::string address(const std::string& more = "") {
    return "/consultations/" + std::to_string(id.value) + more;
  }
  std::string staff_address(const std::string& more = "") { return "/staff" + address(more); }
};

template <class T>
std::string refusal(const Result<T>& result) {
  return result.ok() ? "fine" : std::string(result.error().text.name());
}

}  // namespace

TEST_CASE("a place is changed when its words are, or something below it came or went") {
  const auto parsed = [](const char* text) { return *draft::parse(draft::paragraphs_of(text)); };
  const auto matches = draft::matches_of(parsed(test::first_text), parsed(test::second_text));
  CHECK(is_changed(matches, "d3.1"));
  CHECK(is_changed(matches, "d3"));
  CHECK(is_changed(matches, "d2"));
  CHECK(is_changed(matches, "all"));
  // It only moved.
  CHECK_FALSE(is_changed(matches, "d3.2"));
  CHECK_FALSE(is_changed(matches, "d1"));
  CHECK_FALSE(is_changed(matches, ""));
  const auto shorter =
      draft::matches_of(parsed("Điều 1. Một\n\n1. Ý thứ nhất ở đây.\n\n2. Ý thứ hai ở đây."),
                        parsed("Điều 1. Một\n\n1. Ý thứ nhất ở đây."));
  CHECK(is_changed(shorter, "d1"));
  CHECK_FALSE(is_changed(shorter, "d1.1"));
}

TEST_CASE("an answer names the changed place, or the reason") {
  const auto draft = *draft::parse(draft::paragraphs_of(test::first_text));
  CHECK(refusal(check_answer({.answer = Answer::accepted}, draft)) ==
        "consultation.error.answer_clause");
  CHECK(check_answer({.answer = Answer::accepted, .clause = "d2.1"}, draft).ok());
  CHECK(check_answer({.answer = Answer::accepted, .clause = "all"}, draft).ok());
  CHECK(refusal(check_answer({.answer = Answer::accepted, .clause = "d9"}, draft)) ==
        "consultation.error.answer_clause");
  CHECK(refusal(check_answer({.answer = Answer::partly, .clause = "d2.1"}, draft)) ==
        "consultation.error.answer_reason");
  CHECK(refusal(check_answer({.answer = Answer::declined, .reason = "Không."}, draft)) ==
        "consultation.error.answer_reason");
  CHECK(check_answer({.answer = Answer::noted, .reason = "Cảm ơn ông bà đã góp ý."}, draft).ok());
}

TEST_CASE("the desk puts comments under points, and every move is kept") {
  AnswerDesk desk;
  desk.make_open();
  const auto one = desk.say("d2.1", "Nên công khai trong mười ngày.");
  const auto two = desk.say("d2", "Ba mươi ngày là quá lâu.");
  const Issue first = desk.put("Rút thời hạn công khai", {one});
  const Issue second = desk.put("Việc khác", {two});
  CHECK(first.clause == "d2.1");
  REQUIRE(desk.write([&](db::Write& w) {
                return place_comments(w, desk.act(), first.id, {*two.comment.code});
              })
              .ok());
  const auto moves = desk.read([&](db::Read& r) { return placements_of(r, two.comment.id); });
  REQUIRE(moves.size() == 2);
  CHECK(moves[0].issue == second.id);
  CHECK(moves[1].issue == first.id);
  CHECK(moves[1].placed_by == desk.accounts.at("hoa"));
  CHECK(desk.read([&](db::Read& r) { return behind_of(r, desk.id); }).at(first.id.value).comments ==
        2);
  // Not for others, not for what is not there.
  CHECK(refusal(desk.write([&](db::Write& w) {
          return place_comments(w, desk.act("nam"), first.id, {*two.comment.code});
        })) == "consultation.error.none");
  CHECK(refusal(desk.write([&](db::Write& w) {
          return place_comments(w, desk.act(), first.id, {});
        })) == "consultation.error.choose_comments");
  CHECK(refusal(desk.write([&](db::Write& w) {
          return place_comments(w, desk.act(), IssueId{99}, {*two.comment.code});
        })) == "consultation.error.no_issue");
}

TEST_CASE("the machine suggests letters as one point each and the rest by clause") {
  AnswerDesk desk;
  desk.make_open();
  for (int i = 0; i < 6; ++i)
    desk.say("d2.1",
             "Kính gửi Ủy ban, tôi đề nghị công khai kết quả đánh giá công chức trong "
             "mười ngày làm việc để người dân theo dõi.");
  desk.say("d1", "Phạm vi nên gồm cả viên chức.");
  desk.say("d1", "Điều này viết hơi khó hiểu.");
  desk.say("all", "Cần thêm phần khen thưởng.");
  const auto taken = [&] {
    const auto before = desk.read([&](db::Read& r) { return unplaced_count(r, desk.id); });
    REQUIRE(desk.write([&](db::Write& w) { return ask_grouping(w, desk.act(), desk.id); }).ok());
    const GroupingTools tools{.clock = [&] { return desk.now; }};
    REQUIRE(group_next(desk.database, desk.random, tools));
    read_letters(desk.database, desk.random, tools);
    return before - desk.read([&](db::Read& r) { return unplaced_count(r, desk.id); });
  };
  CHECK(taken() == 9);
  auto issues = desk.read([&](db::Read& r) { return issues_of(r, desk.id); });
  REQUIRE(issues.size() == 3);
  CHECK(issues[0].origin == Origin::campaign);
  CHECK(issues[0].clause == "d2.1");
  CHECK(issues[0].title ==
        "“Kính gửi Ủy ban, tôi đề nghị công khai kết quả đánh giá công chức…” (thư giống nhau)");
  CHECK(issues[1].title == "Ý kiến về cả dự thảo");
  CHECK(issues[2].title == "Ý kiến về Điều 1");
  CHECK(desk.read([&](db::Read& r) { return unplaced_count(r, desk.id); }) == 0);
  // What comes later joins the point of its clause, but never one that is answered already.
  desk.say("d1", "Thêm người lao động hợp đồng.");
  CHECK(taken() == 1);
  CHECK(desk.read([&](db::Read& r) { return issues_of(r, desk.id).size(); }) == 3);
  REQUIRE(desk.decline(issues[2].id).ok());
  desk.say("d1", "Một ý hoàn toàn mới.");
  CHECK(taken() == 1);
  CHECK(desk.read([&](db::Read& r) { return issues_of(r, desk.id).size(); }) == 4);
}

TEST_CASE("an answer is fixed in the ledger with the comments it answers") {
  AnswerDesk desk;
  desk.make_open();
  const auto told = desk.say("d2.1", "Nên công khai trong mười ngày.");
  const Issue issue = desk.put("Rút thời hạn công khai", {told});
  CHECK(refusal(desk.give(issue.id, {.answer = Answer::declined, .reason = "Không được đâu."},
                          "nam")) == "consultation.error.none");
  CHECK(refusal(desk.write([&](db::Write& w) {
          EditAct stale = desk.at(issue.id);
          --stale.revision;
          return answer_issue(w, stale, issue.id,
                              {.answer = Answer::noted, .reason = "Cảm ơn ông bà."},
                              ledger::draw(desk.random));
        })) == "consultation.error.changed");
  REQUIRE(desk.decline(issue.id).ok());
  const auto entries = desk.read(
      [&](db::Read& r) { return ledger::entries_of(r, {"consultation_issue", issue.id.value}); });
  REQUIRE(entries.size() == 2);
  CHECK(entries[1].event == ledger::Event::answered);
  CHECK(desk.read([](db::Read& r) { return ledger::verify_all(r); }).empty());
  const std::string one = answer_statement(issue, {"A"}), two = answer_statement(issue, {"B"});
  CHECK(one != two);
  // Points are no cases: the figures of the day do not count them.
  CHECK(desk.read([&](db::Read& r) {
              return ledger::count_events(r, desk.now - std::chrono::hours(1),
                                          desk.now + std::chrono::hours(1));
            })
            .empty());
}

TEST_CASE("nothing is decided while a comment, a point or an objection waits") {
  AnswerDesk desk;
  desk.make_open();
  const auto slow = desk.say("d2.1", "Ba mươi ngày là quá lâu, nên mười ngày.");
  const auto fine = desk.say("d1.1", "Tôi đồng ý với điều này.");
  CHECK(desk.gate() == std::vector{Kind::open, Kind::unplaced});
  CHECK(refusal(desk.decides()) == "consultation.gate.open");
  desk.close();
  CHECK(refusal(desk.decides()) == "consultation.gate.unplaced");
  const Issue shorter = desk.put("Rút thời hạn công khai", {slow});
  const Issue agrees = desk.put("Đồng ý với phạm vi", {fine});
  CHECK(desk.gate() == std::vector{Kind::unanswered, Kind::unanswered});
  CHECK(refusal(desk.decides()) == "consultation.gate.unanswered");
  REQUIRE(desk.give(agrees.id, {.answer = Answer::noted, .reason = "Cảm ơn ông bà."}).ok());
  REQUIRE(desk.give(shorter.id, {.answer = Answer::accepted, .clause = "d2.1"}).ok());
  // It was accepted, and nothing changed.
  CHECK(desk.gate() == std::vector{Kind::unchanged});
  CHECK(refusal(desk.decides()) == "consultation.gate.unchanged");
  desk.publish(test::second_text);
  CHECK(desk.issue(shorter.id).changed_clause == "d3.1");
  CHECK(desk.issue(shorter.id).clause == "d3.1");
  CHECK(desk.gate().empty());
  // An objection shuts it again until it has its reply and the point its answer.
  REQUIRE(desk.objects(fine).ok());
  CHECK(desk.gate() == std::vector{Kind::unanswered, Kind::objection});
  REQUIRE(desk.give(agrees.id, {.answer = Answer::noted, .reason = "Đã đọc lại ý này."}).ok());
  CHECK(refusal(desk.decides()) == "consultation.gate.objection");
  REQUIRE(desk.replies(fine).ok());
  CHECK(refusal(desk.decides("nam")) == "consultation.error.none");
  const auto decision = desk.decides();
  REQUIRE(decision.ok());
  CHECK(desk.last_said()->what == "table");
  auto anybody = desk.browser("nobody");
  anybody.get(desk.address("/table/table.csv"));
  CHECK(desk.last_said()->text == merkle::sha256(as_bytes(anybody.body())));
  CHECK(refusal(desk.decides()) == "consultation.error.decided");
  CHECK(refusal(desk.decline(agrees.id)) == "consultation.error.decided");
  CHECK(refusal(desk.objects(slow)) == "consultation.error.decided");
  CHECK(refusal(desk.write([&](db::Write& w) {
          return change(w, desk.act(), desk.id, test::DraftDesk::typed());
        })) == "consultation.error.decided");
  CHECK(anybody.get(desk.address("/answers")).shows("Thông qua quy chế theo bản này."));
  CHECK(desk.read([](db::Read& r) { return ledger::verify_all(r); }).empty());
}

TEST_CASE("an objection needs the secret and an answer, and is made once") {
  AnswerDesk desk;
  desk.make_open();
  const auto told = desk.say("d2.1", "Nên công khai trong mười ngày.");
  const auto other = desk.say("d1", "Một ý khác.");
  CHECK(refusal(desk.objects(told)) == "consultation.error.not_answered");
  const Issue issue = desk.put("Rút thời hạn công khai", {told, other});
  CHECK(refusal(desk.objects(told)) == "consultation.error.not_answered");
  REQUIRE(desk.decline(issue.id).ok());
  CHECK(refusal(desk.write([&](db::Write& w) {
          return object(w, desk.by(told, "22222222222222222222"), "Ý tôi không ở đó.");
        })) == "consultation.error.code_or_secret");
  CHECK(refusal(desk.objects(told, "abc")) == "consultation.error.objection");
  REQUIRE(desk.objects(told).ok());
  CHECK_FALSE(desk.issue(issue.id).answered_at.has_value());
  CHECK(desk.issue(issue.id).answer == Answer::declined);
  CHECK(refusal(desk.objects(told)) == "consultation.error.objected");
  // Whoever stands under the same point objects to an answer, not to its absence.
  CHECK(refusal(desk.objects(other)) == "consultation.error.not_answered");
  CHECK(refusal(desk.replies(told, "nam")) == "consultation.error.none");
  REQUIRE(desk.replies(told).ok());
  CHECK(refusal(desk.replies(told)) == "consultation.error.replied");
  REQUIRE(desk.decline(issue.id).ok());
  REQUIRE(desk.objects(other).ok());
  const auto entries = desk.read([&](db::Read& r) {
    return ledger::entries_of(r, {"consultation_comment", told.comment.id.value});
  });
  REQUIRE(entries.size() == 3);
  CHECK(entries[1].event == ledger::Event::reopened);
  CHECK(ledger::is_signed_by(entries[1].payload, people::Citizen(told.secret).key().public_key()));
}

TEST_CASE("the synthesis table has the official columns in all its forms") {
  AnswerDesk desk;
  desk.make_open();
  const auto late = desk.say("d2.1", "Ba mươi ngày là quá lâu.");
  const auto whole = desk.say("all", "=HYPERLINK là một ý hay.");
  const auto waits = desk.say("d1", "Chưa ai đọc ý này.");
  const Issue shorter = desk.put("Rút thời hạn công khai", {late});
  const Issue all = desk.put("=Ý chung về dự thảo", {whole});
  desk.put("Vấn đề còn chờ", {waits});
  REQUIRE(desk.decline(shorter.id).ok());
  REQUIRE(desk.decline(all.id).ok());
  auto anybody = desk.browser("nobody");
  anybody.get(desk.address("/answers"));
  for (const char* each : {"Chủ thể góp ý", "Nội dung góp ý", "Nội dung tiếp thu, giải trình",
                           "Rút thời hạn công khai", "Luật không cho phép làm thế.",
                           "Đã trả lời 2 vấn đề, còn 1 vấn đề chờ trả lời."})
    CHECK(anybody.shows(each));
  CHECK_FALSE(anybody.shows("Vấn đề còn chờ"));
  CHECK(anybody.get("/en" + desk.address("/answers")).shows("Not accepted"));
  anybody.get(desk.address("/table/table.docx"));
  const auto contents = office::read_docx(anybody.body());
  REQUIRE(contents.ok());
  std::vector<std::string> rows;
  for (const office::Block& block : contents.value().blocks)
    if (block.kind == office::Block::Kind::row && block.cells.size() == 5)
      rows.push_back(block.cells[3]);
  CHECK(rows == std::vector<std::string>{"Nội dung góp ý", "=Ý chung về dự thảo",
                                         "Rút thời hạn công khai"});
  anybody.get(desk.address("/table/table.csv"));
  CHECK(anybody.body().find("'=Ý chung về dự thảo") != std::string::npos);
  CHECK(anybody.get(desk.address("/table/table.xlsx")).body().starts_with("PK"));
  CHECK(anybody.get(desk.address("/table/table.exe")).status() == 404);
  CHECK(anybody.get(desk.address("/answers/" + std::to_string(shorter.id.value)))
            .shows("Ba mươi ngày là quá lâu."));
  CHECK(anybody.get(desk.address("/answers/3")).status() == 404);
}

TEST_CASE("an editor groups, answers and decides in a browser, and a citizen objects in hers") {
  AnswerDesk desk;
  desk.make_open();
  auto citizen = desk.browser("nobody");
  citizen.get(desk.address("/clauses/d2.1"));
  citizen.fill("Ý kiến của bạn", "Nên công khai trong mười ngày.").press("Gửi ý kiến");
  citizen.follow("Xem, sửa hoặc rút ý kiến này");
  const std::string own = citizen.address();
  CHECK(citizen.shows("Chưa có trả lời."));
  auto head = desk.browser("hoa");
  head.get(desk.staff_address()).follow("Các vấn đề, trả lời và quyết định");
  CHECK(head.shows("Vẫn còn thời gian góp ý."));
  CHECK(head.shows("1 ý kiến chưa xếp vào vấn đề nào"));
  head.press("Xếp ý kiến");
  CHECK(head.status() == 422);
  CHECK(head.shows("Hãy chọn ít nhất một"));
  head.press("Gợi ý cách xếp");
  CHECK(head.shows("Đang chờ bắt đầu."));
  CHECK_FALSE(head.shows("Gợi ý cách xếp"));
  REQUIRE(group_next(desk.database, desk.random, {.clock = [&] { return desk.now; }}));
  head.get(desk.staff_address("/issues"));
  CHECK(head.shows("đọc 1 ý kiến, xếp được 1"));
  CHECK(head.shows("0 ý kiến chưa xếp vào vấn đề nào"));
  head.follow("Ý kiến về khoản 1 Điều 2");
  head.press("Công bố trả lời");
  CHECK(head.status() == 422);
  CHECK(head.shows("Hãy chọn cách trả lời."));
  head.fill("Nội dung góp ý, viết gọn", "Rút thời hạn công khai xuống mười ngày");
  head.choose("Không tiếp thu", "answer").fill("Giải trình", "Hội đồng cần ba mươi ngày.");
  head.press("Công bố trả lời");
  CHECK(head.status() == 200);
  citizen.get(own);
  CHECK(citizen.shows("Hội đồng cần ba mươi ngày."));
  CHECK(citizen.shows("Không tiếp thu"));
  citizen.press("Gửi phản đối");
  CHECK(citizen.status() == 422);
  citizen.fill("Điều gì chưa được trả lời", "Tôi hỏi về người ở xa.").press("Gửi phản đối");
  CHECK(citizen.shows("Dự thảo chưa thể được quyết định."));
  CHECK_FALSE(
      desk.browser("nobody").get(desk.address("/answers/1")).shows("Tôi hỏi về người ở xa."));
  head.get(desk.staff_address("/issues/1"));
  CHECK(head.shows("Tôi hỏi về người ở xa."));
  head.fill("Trả lời phản đối", "Người ở xa xem trên cổng thông tin.").press("Gửi trả lời");
  head.press("Công bố trả lời");
  citizen.get(own);
  CHECK(citizen.shows("Người ở xa xem trên cổng thông tin."));
  head.get(desk.staff_address("/issues")).press("Quyết định và công bố");
  CHECK(head.status() == 409);
  CHECK(head.shows("Chưa quyết định được"));
  desk.close();
  head.get(desk.staff_address("/issues"));
  head.fill("Quyết định điều gì", "Thông qua").press("Quyết định và công bố");
  CHECK(head.status() == 422);
  head.fill("Quyết định điều gì", "Thông qua quy chế theo bản 1.").press("Quyết định và công bố");
  CHECK(head.status() == 200);
  CHECK(citizen.get(own).shows("Thông qua quy chế theo bản 1."));
  CHECK(desk.browser("nam").get(desk.staff_address("/issues")).status() == 404);
  CHECK(desk.browser("hai").get(desk.staff_address("/issues/1")).status() == 404);
}

TEST_CASE("each change stands beside the points that brought it") {
  AnswerDesk desk;
  desk.make_open();
  const auto slow = desk.say("d2.1", "Ba mươi ngày là quá lâu.");
  const auto unclear = desk.say("d2", "Hội đồng là ai?");
  const Issue shorter = desk.put("Rút thời hạn công khai", {slow});
  const Issue words = desk.put("Giải thích từ ngữ", {unclear});
  desk.publish(test::second_text);
  // Behind the new article and its clause; what was said stands on the page once.
  REQUIRE(desk.give(words.id, {.answer = Answer::accepted, .clause = "d2"}).ok());
  REQUIRE(desk.give(shorter.id, {.answer = Answer::accepted, .clause = "d3.1"}).ok());
  auto anybody = desk.browser("nobody");
  anybody.get(desk.address("/changes"));
  CHECK(anybody.body().find("<del>ba mươi </del>") != std::string::npos);
  CHECK(anybody.shows("Thay đổi theo ý kiến:"));
  CHECK(anybody.shows("Rút thời hạn công khai"));
  CHECK(anybody.shows("Hội đồng là ai?"));
  anybody.get(desk.address("/answers/" + std::to_string(shorter.id.value)));
  CHECK(anybody.body().find("<ins>mười </ins>") != std::string::npos);
}

}  // namespace ln::consultation
