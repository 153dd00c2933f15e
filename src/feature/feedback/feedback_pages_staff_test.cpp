#include "feature/feedback/feedback_pages_staff.h"

#include <doctest/doctest.h>

#include <string>

#include "core/people/people_actions.h"
#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_coach.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_rights.h"
#include "feature/feedback/feedback_store.h"
#include "test/office.h"

namespace ln::feedback {
namespace {

using people::Role;

using test::good_answer;
using test::Office;

}  // namespace

TEST_CASE("who may act: the whole table") {
  CHECK(who_may_act() ==
        "task      clerk     triage    handler   head\n"
        "accept    yes       yes       theirs    yes\n"
        "assign    -         yes       theirs    yes\n"
        "transfer  -         yes       -         yes\n"
        "ask       -         -         theirs    yes\n"
        "note      yes       yes       yes       yes\n"
        "answer    -         -         theirs    yes\n"
        "promise   -         -         theirs    yes\n"
        "extend    -         -         -         yes\n"
        "decline   -         yes       theirs    yes\n"
        "redirect  -         yes       theirs    yes\n"
        "publish   -         yes       -         yes\n"
        "classify  -         yes       -         yes\n"
        "merge     -         yes       -         yes\n"
        "split     -         yes       -         yes\n"
        "hurry     -         yes       -         yes\n");
  for (const Task task : all_tasks) {
    CHECK(right_to(Role::ombudsman, task) == Right::never);
    CHECK(right_to(Role::supervisor, task) == Right::never);
    CHECK(right_to(Role::administrator, task) == Right::never);
  }
}

TEST_CASE("an officer takes up, assigns and answers through the pages") {
  Office office;
  const Feedback lamp = office.lamp();
  auto head = office.browser("hoa");
  head.get("/staff");
  CHECK(head.shows("Đèn đường hỏng ngõ 12"));
  CHECK(head.shows("Trưởng Hoa"));
  head.follow("Đèn đường hỏng ngõ 12").press("Nhận việc");
  CHECK(head.address() == Office::url(lamp) + "?done=accept");
  CHECK(office.now_is(lamp).state == State::accepted);
  office.do_assign(lamp, "nam");

  auto handler = office.browser("nam");
  handler.get("/staff?who=mine").follow("Đèn đường hỏng").follow("Trả lời");
  handler.fill("text", good_answer)
      .choose("Phản ánh đúng, đã khắc phục")
      .fill("evidence", "Biên bản số 7 ngày 22/11")
      .press("Xem lại trước khi gửi");
  CHECK(handler.shows("Xem lại câu trả lời"));
  CHECK(handler.shows("Biên bản số 7"));
  CHECK(office.now_is(lamp).state == State::assigned);  // nothing is sent yet
  handler.press("Gửi câu trả lời");
  CHECK(handler.shows("Đã ghi lại."));
  CHECK(handler.shows("thay bóng đèn"));
  CHECK(office.now_is(lamp).state == State::answered);
}

TEST_CASE("an answer without evidence, outcome or words is shown again with what was typed") {
  Office office;
  const Feedback lamp = office.lamp();
  office.do_assign(lamp, "nam");
  auto handler = office.browser("nam");
  handler.get(Office::url(lamp, "/answer")).fill("text", "Ngắn").press("Xem lại");
  CHECK(handler.status() == 422);
  CHECK(handler.shows("Chọn kết quả"));
  CHECK(handler.body().find("Ngắn</textarea>") != std::string::npos);
  handler.choose("Phản ánh đúng, đã khắc phục").press("Xem lại");
  CHECK(handler.status() == 422);
  CHECK(handler.shows("Viết thêm cho rõ"));
  handler.fill("text", "Chúng tôi ghi nhận ý kiến và sẽ xem xét.").press("Xem lại");
  CHECK(handler.status() == 200);
  CHECK(handler.shows("câu mẫu"));
  handler.press("Gửi câu trả lời");
  CHECK(handler.status() == 422);
  CHECK(handler.shows("Nêu bằng chứng đã làm"));
  CHECK(office.now_is(lamp).state == State::assigned);
}

TEST_CASE("each role is refused what is not its part, by the page and by the act behind it") {
  Office office;
  const Feedback lamp = office.lamp();
  office.do_assign(lamp, "nam");
  const auto status = [&](const char* login, const char* task) {
    return office.browser(login).get(Office::url(lamp, task)).status();
  };
  CHECK(status("thu", "/assign") == 403);
  CHECK(status("thu", "/answer") == 403);
  CHECK(status("tri", "/answer") == 403);
  CHECK(status("tri", "/assign") == 200);
  CHECK(status("lan", "/answer") == 403);  // assigned to somebody else
  CHECK(status("nam", "/answer") == 200);
  CHECK(status("nam", "/publish") == 403);
  CHECK(status("hai", "/note") == 404);  // another ward
  CHECK(status("omb", "/note") == 403);

  const auto act = [&](const char* login) {
    const auto officer = office.read([&](db::Read& r) {
      return people::Officer::of(*people::SignIn::staff_of(
          r, people::hash_of(std::string("token-of-") + login), office.now));
    });
    return OfficerAct{.officer = *officer,
                      .code = lamp.code,
                      .revision = office.now_is(lamp).revision,
                      .salts = ledger::draw(office.random),
                      .now = office.now};
  };
  const auto kind = [&](const char* login) {
    const OfficerAct by = act(login);
    const auto result = office.write([&](db::Write& w) {
      return answer(w, by, {good_answer, Outcome::confirmed, "Biên bản", {}});
    });
    return result.ok() ? std::string("ok") : std::string(result.error().text.name());
  };
  CHECK(kind("thu") == "feedback.error.not_your_part");
  CHECK(kind("tri") == "feedback.error.not_your_part");
  CHECK(kind("lan") == "feedback.error.not_your_part");
  CHECK(kind("hai") == "feedback.error.no_such_case");
  CHECK(kind("nam") == "ok");
}

TEST_CASE("the unit complained about finds no trace of the case, on any page") {
  Office office;
  const Feedback lamp = office.lamp();
  const Feedback conduct = office.conduct();
  CHECK(conduct.unit == office.units.at("01").id);
  auto accused = office.browser("hoa");
  accused.witness = [](const std::string&, const http::Response& response) {
    CHECK(response.body.find("bimatxyz") == std::string::npos);
  };
  for (const char* tab : {"open", "overdue", "soon", "asked", "reopened", "over"})
    accused.get(std::string("/staff?tab=") + tab);
  accused.get("/staff");
  CHECK(accused.body().find(">Tất cả đang mở<b>1</b>") != std::string::npos);
  CHECK(accused.get("/staff?about=conduct").shows("Không tìm thấy việc nào"));
  accused.get("/staff?q=boi+duong");
  CHECK(accused.shows("Không tìm thấy việc nào"));
  accused.get("/staff?q=" + conduct.code.text());
  CHECK(accused.shows("Không tìm thấy việc nào"));
  for (const char* more : {"", "/assign", "/answer", "/transfer", "/note", "/publish", "/decline"})
    CHECK(accused.get(Office::url(conduct, more)).status() == 404);

  auto above = office.browser("thanh");
  above.get("/staff?q=biet+dieu");
  CHECK(above.shows("Cán bộ gợi ý bồi dưỡng"));
  // And it cannot be handed down to the unit it is about.
  above.get(Office::url(conduct, "/transfer?q=phuong"));
  CHECK(above.shows("Phường Hai"));
  CHECK(above.page().text().find("Phường Một") == std::string::npos);
  static_cast<void>(lamp);
}

TEST_CASE("who also works above the unit complained about does not see the case there either") {
  Office office;
  const Feedback conduct = office.conduct();
  // A head of the first ward who has a role in the city too, and in other wards.
  office.write([&](db::Write& w) {
    const people::AccountId hoa{office.accounts["hoa"]};
    for (int i = 3; i < 7; ++i) {
      const std::string code = "P" + std::to_string(i);
      const auto unit =
          office.add_unit(w, code.c_str(), "Phường", units::Kind::commune, &office.units.at("01"));
      REQUIRE(people::grant(w, hoa, Role::head, unit.id, office.now).ok());
    }
    REQUIRE(people::grant(w, hoa, Role::head, office.units.at("01").id, office.now).ok());
  });
  auto accused = office.browser("hoa");
  accused.get("/staff");
  CHECK(accused.body().find(">Tất cả đang mở<b>0</b>") != std::string::npos);
  CHECK(accused.body().find("bimatxyz") == std::string::npos);
  accused.get("/staff?q=boi+duong");
  CHECK(accused.shows("Không tìm thấy việc nào"));
  for (const char* more : {"", "/assign", "/note"})
    CHECK(accused.get(Office::url(conduct, more)).status() == 404);
  CHECK(office.browser("thanh").get(Office::url(conduct)).status() == 200);
}

TEST_CASE("how to reach the sender is for who handles the case, and for nobody when protected") {
  Office office;
  const Feedback lamp = office.lamp();
  office.do_assign(lamp, "nam");
  CHECK(office.browser("nam").get(Office::url(lamp)).shows("0912 345 678"));
  CHECK(office.browser("hoa").get(Office::url(lamp)).shows("0912 345 678"));
  for (const char* login : {"lan", "tri", "thu", "thanh"})
    CHECK_FALSE(office.browser(login).get(Office::url(lamp)).shows("0912 345 678"));

  const Feedback conduct = office.conduct();
  office.write([&](db::Write& w) {
    insert_contact(w, conduct.id, Contact{.plain = {}, .sealed = "langnghe sealed 1 gyzmo"});
  });
  auto above = office.browser("thanh");
  above.get(Office::url(conduct));
  CHECK(above.shows("Đã giấu tên"));
  CHECK(above.body().find("gyzmo") == std::string::npos);
}

TEST_CASE("two officers at once: the slower one sees the new state and keeps every word") {
  Office office;
  const Feedback lamp = office.lamp();
  office.do_assign(lamp, "nam");
  auto slow = office.browser("nam");
  slow.get(Office::url(lamp, "/ask")).fill("text", "Ngõ 12 của đường nào ạ?");
  office.browser("hoa").get(Office::url(lamp, "/note")).fill("text", "Đã gọi điện.").press("Lưu");
  slow.press("Hỏi thêm");
  CHECK(slow.status() == 409);
  CHECK(slow.shows("Có người vừa thay đổi"));
  CHECK(slow.body().find("Ngõ 12 của đường nào ạ?</textarea>") != std::string::npos);
  slow.press("Hỏi thêm");
  CHECK(office.now_is(lamp).state == State::asked);
}

TEST_CASE("a form sent twice is done once and says that it is done") {
  Office office;
  const Feedback lamp = office.lamp();
  auto head = office.browser("hoa");
  head.get(Office::url(lamp));
  auto again = office.browser("hoa");
  again.get(Office::url(lamp));
  head.press("Nhận việc");
  again.press("Nhận việc");
  CHECK(again.address() == Office::url(lamp) + "?done=accept");
  CHECK(office.now_is(lamp).revision == 2);
}

TEST_CASE("transfer, promise, decline, redirect and publish through their pages") {
  Office office;
  Feedback lamp = office.lamp();
  auto head = office.browser("hoa");
  head.get(Office::url(lamp, "/transfer?q=Hai")).choose("Phường Hai").press("Chuyển đơn vị khác");
  CHECK(head.status() == 422);
  CHECK(head.shows("Hãy viết nội dung"));
  head.fill("text", "Ngõ 12 thuộc Phường Hai").press("Chuyển đơn vị khác");
  CHECK(head.shows("Đã chuyển"));
  CHECK(office.now_is(lamp).unit == office.units.at("P2").id);

  lamp = office.lamp();
  office.do_assign(lamp, "nam");
  head.get(Office::url(lamp, "/promise")).fill("text", good_answer).press("Hẹn ngày");
  CHECK(head.status() == 422);
  head.fill("day-day", "5").fill("day-month", "12").fill("day-year", "2026").press("Hẹn ngày");
  CHECK(office.now_is(lamp).state == State::promised);

  head.get(Office::url(lamp, "/publish"));
  CHECK(head.shows("Máy không thấy thông tin riêng nào"));
  head.fill("title", "Đèn đường hỏng").press("Đăng công khai");
  CHECK(office.now_is(lamp).public_title == "Đèn đường hỏng");
  CHECK(office.now_is(lamp).title == "Đèn đường hỏng ngõ 12");

  lamp = office.lamp();
  head.get(Office::url(lamp, "/decline")).fill("text", good_answer).press("Không nhận");
  CHECK(head.status() == 422);
  CHECK(head.shows("Chọn một lý do"));
  head.choose("Tòa án đang hoặc đã giải quyết").press("Không nhận");
  CHECK(office.now_is(lamp).state == State::declined);

  lamp = office.lamp();
  head.get(Office::url(lamp, "/redirect"))
      .fill("body", "Công ty Điện lực, 69 Đinh Tiên Hoàng")
      .fill("text", good_answer)
      .press("Chỉ sang");
  CHECK(office.now_is(lamp).state == State::redirected);
}

TEST_CASE("what should be taken out before publishing is named once each") {
  Office office;
  feedback::Typed typed;
  typed.about = "place";
  typed.unit = "P1";
  typed.body = "Gọi tôi theo số 0912 345 678. Đừng gọi 0987 654 321, gọi 0912 345 678.";
  typed.is_public = true;
  const Feedback call = office.send(typed);
  office.do_assign(call, "nam");
  auto head = office.browser("hoa");
  head.get(Office::url(call, "/publish"));
  const auto count = [&](const std::string& what) {
    int found = 0;
    for (std::size_t at = 0; (at = head.body().find(what, at)) != std::string::npos; ++at) ++found;
    return found;
  };
  CHECK(count("<b translate=\"no\">0912 345 678</b>") == 1);
  CHECK(count("<b translate=\"no\">0987 654 321</b>") == 1);
}

TEST_CASE("the queue filters, searches within sight, goes on from a cursor and speaks English") {
  Office office;
  for (int i = 0; i < 17; ++i) office.lamp();
  auto head = office.browser("hoa");
  head.get("/staff");
  CHECK(head.shows("9 việc"));
  head.follow("Trang sau");
  CHECK(head.shows("8 việc"));
  head.get("/en/staff?q=den+duong&about=place");
  CHECK(head.shows("9 cases"));
  // What citizens wrote is read aloud in their language, also on a page in another one.
  CHECK(head.body().find("lang=\"vi\">Đèn đường hỏng ngõ 12</a>") != std::string::npos);
  head.get("/staff?q=den+duong&about=place");
  CHECK(head.body().find("lang=\"vi\">Đèn") == std::string::npos);
  CHECK(head.get("/staff?about=policy").shows("Không tìm thấy việc nào"));
  CHECK(head.get("/staff?tab=over").shows("Không có việc nào ở đây"));
  CHECK(head.get("/staff?after=zzz&top=zzz&tab=zzz&who=zzz").shows("9 việc"));
  CHECK(office.browser("nobody").get("/staff").address().starts_with("/staff/sign-in"));
}

TEST_CASE("late and soon are told in days, and in hours on the day itself") {
  Office office;
  const Feedback lamp = office.lamp();
  office.now = lamp.due_at - std::chrono::hours(2);
  const auto word = [&] {
    const html::View view{.now = office.now};
    return staff::clock_of(view, lamp, office.now).words;
  };
  CHECK(word() == "Còn 2 giờ");
  office.now = lamp.due_at + std::chrono::hours(1);
  CHECK(word() == "Quá hạn 1 giờ");
  office.now = lamp.due_at + std::chrono::hours(30);
  CHECK(word() == "Quá hạn 1 ngày");
}

TEST_CASE("advice before sending names what a letter lacks, and is silent about a good one") {
  CHECK(hints_for(good_answer).empty());
  CHECK(hints_for("Đã xong.").size() == 3);
  CHECK(hints_for("Chúng tôi sẽ xem xét theo quy định.").size() == 3);
}

}  // namespace ln::feedback
