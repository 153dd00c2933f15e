// The forms by which officers act: what they tell, and what they offer.
#include <doctest/doctest.h>

#include <string>

#include "feature/feedback/feedback_store.h"
#include "test/office.h"

namespace ln::feedback {
namespace {

using test::good_answer;
using test::Office;

// The fields that the summary on top leads to, in its order.
std::string told(const test::Browser& page) {
  std::string out;
  const std::string& body = page.body();
  const std::size_t from = body.find("govuk-error-summary__list");
  if (from == std::string::npos) return out;
  const std::string list = body.substr(from, body.find("</ul>", from) - from);
  for (std::size_t at = list.find("href=\"#"); at != std::string::npos;) {
    at += 7;
    out += list.substr(at, list.find('"', at) - at) + " ";
    at = list.find("href=\"#", at);
  }
  return out;
}

TEST_CASE("an act tells everything that is wrong at once, in the order of the page") {
  Office office;
  const Feedback lamp = office.lamp();
  office.do_assign(lamp, "nam");
  struct Sheet {
    const char *task, *vi, *en, *told;
  };
  for (const Sheet& sheet : {
           Sheet{"/promise", "Hẹn ngày làm xong", "Promise a date", "text day-day "},
           Sheet{"/decline", "Không nhận xử lý", "Decline", "reason text "},
           Sheet{"/transfer", "Chuyển đơn vị khác", "Transfer to another unit", "unit text "},
           Sheet{"/redirect", "Chỉ sang cơ quan khác", "Redirect to another body", "body text "},
           Sheet{"/answer", "Xem lại trước khi gửi", "Check before sending", "text outcome "},
           Sheet{"/ask", "Hỏi thêm người dân", "Ask the citizen", "text "},
           Sheet{"/note", "Lưu ghi chú", "Save note", "text "},
           Sheet{"/publish", "Đăng công khai", "Publish", "title body "},
       })
    for (const bool english : {false, true}) {
      INFO(sheet.task);
      auto head = office.browser("hoa");
      head.get((english ? "/en" : "") + Office::url(lamp, sheet.task));
      if (std::string(sheet.task) == "/publish") head.fill("title", "").fill("body", " ");
      head.press(english ? sheet.en : sheet.vi);
      CHECK(head.status() == 422);
      CHECK(told(head) == sheet.told);
    }
  CHECK(office.now_is(lamp).state == State::assigned);
  CHECK(office.now_is(lamp).published_at == std::nullopt);
}

TEST_CASE("a day and a text that are both wrong are told together by the act itself") {
  Office office;
  const Feedback lamp = office.lamp();
  office.do_assign(lamp, "nam");
  auto head = office.browser("hoa");
  head.get(Office::url(lamp, "/promise"))
      .fill("text", "Sẽ làm")
      .fill("day-day", "1")
      .fill("day-month", "1")
      .fill("day-year", "2020")
      .press("Hẹn ngày");
  CHECK(told(head) == "text day-day ");
  CHECK(head.shows("Viết thêm cho rõ"));
  CHECK(head.body().find("Sẽ làm</textarea>") != std::string::npos);
}

TEST_CASE("where a case may go is one list, grouped by where each unit stands") {
  Office office;
  office.write([&](db::Write& w) {
    office.add_unit(w, "S1", "Sở Xây dựng", units::Kind::department, &office.units.at("01"));
    office.add_unit(w, "Q1", "Điểm tiếp dân phường Một", units::Kind::counter,
                    &office.units.at("P1"));
  });
  const Feedback lamp = office.lamp();
  auto head = office.browser("hoa");
  head.get(Office::url(lamp, "/transfer"));
  const std::string& body = head.body();
  CHECK(body.find("type=\"radio\"") == std::string::npos);
  const std::size_t ward = body.find("<optgroup label=\"Phường Một\">");
  const std::size_t city = body.find("<optgroup label=\"Thành phố Hà Nội\">");
  REQUIRE(ward != std::string::npos);
  REQUIRE(city != std::string::npos);
  CHECK(body.find(">Điểm tiếp dân phường Một<", ward) < body.find("</optgroup>", ward));
  CHECK(body.find(">Sở Xây dựng<", city) < body.find("</optgroup>", city));
  head.choose("Sở Xây dựng").fill("text", "Việc của ngành").press("Chuyển đơn vị khác");
  CHECK(office.now_is(lamp).transfer_count == 1);
  // A unit that the list does not hold is not taken either.
  const Feedback other = office.lamp();
  head.get(Office::url(other, "/transfer")).fill("text", "Việc của ngành");
  head.press("Chuyển đơn vị khác");
  CHECK(told(head) == "unit ");
  CHECK(head.shows("Chọn một đơn vị trong danh sách"));
}

TEST_CASE("an act that cannot be done now shows no form to fill in vain") {
  Office office;
  const Feedback lamp = office.lamp();
  auto head = office.browser("hoa");
  head.get(Office::url(lamp, "/promise"));
  CHECK(head.status() == 200);
  CHECK(head.shows("Hồ sơ đang ở tình trạng không làm được việc này"));
  CHECK(head.body().find("<textarea") == std::string::npos);
}

TEST_CASE("what is public is changed, not published again") {
  Office office;
  const Feedback lamp = office.lamp();
  auto head = office.browser("hoa");
  head.get(Office::url(lamp));
  CHECK(head.shows("Đăng công khai"));
  CHECK_FALSE(head.shows("Sửa nội dung đã đăng"));
  head.follow("Đăng công khai").press("Đăng công khai");
  const Instant since = *office.now_is(lamp).published_at;
  CHECK(head.body().find("/publish") == head.body().rfind("/publish"));

  office.now += std::chrono::minutes(5);
  head.follow("Sửa nội dung đã đăng").press("Lưu nội dung đăng");
  CHECK(head.status() == 422);
  CHECK(head.shows("Nội dung đăng chưa có gì thay đổi"));
  head.fill("body", "Đèn ngõ không sáng.").press("Lưu nội dung đăng");
  CHECK(office.now_is(lamp).public_body == "Đèn ngõ không sáng.");
  CHECK(office.now_is(lamp).body == lamp.body);
  CHECK(*office.now_is(lamp).published_at == since);
}

TEST_CASE("the sender reads the question above the field and the answer above the button") {
  Office office;
  const Feedback lamp = office.lamp();
  office.do_assign(lamp, "nam");
  const auto opened = [&] {
    auto sender = test::Browser(office, office.router, office.site);
    sender.get("/feedback/" + lamp.code.text())
        .fill("secret", office.secrets.at(lamp.code.text()))
        .press("Mở hồ sơ");
    return sender.body();
  };
  office.browser("nam")
      .get(Office::url(lamp, "/ask"))
      .fill("text", "Cột đèn số mấy ạ?")
      .press("Hỏi thêm người dân");
  const std::string asked = opened();
  REQUIRE(asked.find("id=\"reply\"") != std::string::npos);
  CHECK(asked.find("Cột đèn số mấy ạ?") < asked.find("id=\"reply\""));
  office.browser("nam")
      .get(Office::url(lamp, "/answer"))
      .fill("text", good_answer)
      .choose("Phản ánh đúng, đã khắc phục")
      .fill("evidence", "Biên bản số 7")
      .press("Xem lại")
      .press("Gửi câu trả lời");
  const std::string answered = opened();
  const std::size_t button = answered.find("Đã xong, tôi đồng ý");
  REQUIRE(button != std::string::npos);
  CHECK(answered.find("thay bóng đèn") < button);
  // And once more in the story of the case, where it stays.
  CHECK(answered.find("thay bóng đèn", button) != std::string::npos);
  CHECK(answered.find("Cột đèn số mấy ạ?") > button);
}

}  // namespace
}  // namespace ln::feedback
