#include "feature/feedback/feedback_invitation.h"

#include <doctest/doctest.h>

#include "feature/feedback/feedback_store_invitation.h"
#include "test/office.h"

using namespace ln;
using namespace ln::feedback;
using namespace std::chrono_literals;

namespace {

struct Asking : test::Office {
  // The page of an officer, filled in rightly.
  test::Browser& fill(test::Browser& page, const Feedback& feedback, const std::string& text) {
    return page.get("/staff/feedback/" + feedback.code.text() + "/invite")
        .fill("addressee", "Công ty Chiếu sáng")
        .fill("text", text);
  }
  // The link that the page shows, without the city's address.
  static std::string link_on(const test::Browser& page) {
    const std::size_t at = page.body().find("/reply/");
    return at == std::string::npos ? "" : page.body().substr(at, 7 + link_token_size);
  }
  std::vector<Invitation> all(const Feedback& of) {
    return read([&](db::Read& from) { return invitations_of(from, of.id); });
  }
  test::Browser anybody() { return test::Browser(*this, router, site); }
  struct Sender : test::Browser {
    Sender(Asking& city, const Feedback& of) : Browser(city, city.router, city.site) {
      get("/feedback/find").fill("code", of.code.shown());
      fill("secret", city.secrets.at(of.code.text())).press("Mở hồ sơ");
    }
  };
  Sender sender(const Feedback& of) { return Sender(*this, of); }
};

constexpr const char* question = "Đề nghị cho biết khi nào đèn ở ngõ được thay bóng mới.";

}  // namespace

TEST_CASE("a body outside answers once by its link, and the sender sees whom the office asked") {
  Asking city;
  const Feedback lamp = city.lamp();
  auto page = city.browser("hoa");
  city.fill(page, lamp, question).press("Tạo liên kết");
  REQUIRE(page.status() == 200);
  const std::string link = Asking::link_on(page);
  REQUIRE(link.size() == 7 + link_token_size);
  // It is shown once.
  page.get("/staff/feedback/" + lamp.code.text() + "/invite");
  CHECK(page.body().find(link) == std::string::npos);
  auto guest = city.anybody();
  guest.get(link);
  CHECK(guest.shows(question));
  CHECK_FALSE(guest.shows(lamp.code.shown()));
  CHECK_FALSE(guest.shows(lamp.body));
  guest.fill("text", "ngắn").press("Gửi câu trả lời");
  CHECK(guest.status() == 422);
  guest.fill("text", "Bóng mới được thay ngày thứ Sáu.").press("Gửi câu trả lời");
  CHECK(guest.shows("Đã nhận câu trả lời"));
  guest.get(link);
  CHECK(guest.status() == 404);
  page.get("/staff/feedback/" + lamp.code.text());
  CHECK(page.shows("Bóng mới được thay ngày thứ Sáu."));
  auto sender = city.sender(lamp);
  CHECK(sender.shows("Công ty Chiếu sáng"));
  CHECK_FALSE(sender.shows("Bóng mới được thay"));
}

TEST_CASE("a link that expired, was taken back or never was leads nowhere") {
  Asking city;
  const Feedback lamp = city.lamp();
  auto page = city.browser("hoa");
  auto guest = city.anybody();
  city.fill(page, lamp, question).press("Tạo liên kết");
  const std::string withdrawn = Asking::link_on(page);
  page.get("/staff/feedback/" + lamp.code.text() + "/invite").press("Thu lại liên kết");
  guest.get(withdrawn);
  CHECK(guest.status() == 404);
  city.fill(page, lamp, question).choose("7 ngày").press("Tạo liên kết");
  const std::string expired = Asking::link_on(page);
  guest.get(expired);
  CHECK(guest.status() == 200);
  city.now += 7 * 24h + 1h;
  guest.fill("text", "Đã quá muộn để trả lời rồi.").press("Gửi câu trả lời");
  CHECK(guest.status() == 404);
  for (const char* address : {"/reply/none", "/reply/0123456789abcdef0123456789abcdef"}) {
    guest.get(address);
    CHECK(guest.status() == 404);
  }
  for (const Invitation& each : city.all(lamp)) CHECK_FALSE(each.answered_at);
}

TEST_CASE("a word that no form sends does nothing to an invitation") {
  Asking city;
  const Feedback lamp = city.lamp();
  auto page = city.browser("hoa");
  city.fill(page, lamp, question).press("Tạo liên kết");
  const std::string address = "/staff/feedback/" + lamp.code.text() + "/invite";
  for (const char* word : {"destroy", "", "Withdraw", "invite%20"}) {
    CAPTURE(word);
    page.get(address);
    const test::Element* token = nullptr;
    for (const test::Element& each : page.page().elements)
      if (each.attribute("name") == "csrf") token = &each;
    REQUIRE(token != nullptr);
    page.post(address, "application/x-www-form-urlencoded",
              "csrf=" + std::string(token->attribute("value")) + "&act=" + word +
                  "&invitation=1&revision=" + std::to_string(city.now_is(lamp).revision),
              {{"origin", "https://x.example"}});
    CHECK(page.status() == 400);
  }
  REQUIRE(city.all(lamp).size() == 1);
  CHECK(city.all(lamp)[0].is_open(city.now));
}

TEST_CASE("whoever is complained about may say their side, read beside the answer once released") {
  Asking city;
  const Feedback conduct = city.conduct();
  auto page = city.browser("thanh");
  // The sender's own words do not go out.
  city.fill(page, conduct, conduct.title + " " + conduct.body + " xin trả lời.")
      .press("Tạo liên kết");
  CHECK(page.status() == 422);
  CHECK(page.shows("Có đoạn trùng với lời người gửi."));
  city.fill(page, conduct, "Đề nghị đồng chí trình bày về cách tiếp dân trong tháng này.")
      .press("Tạo liên kết");
  const std::string link = Asking::link_on(page);
  REQUIRE_FALSE(link.empty());
  auto guest = city.anybody();
  guest.get("/en" + link);
  CHECK(guest.shows("You may neither know nor look for who reported."));
  CHECK_FALSE(guest.shows(conduct.code.shown()));
  guest.fill("text", "Tôi đã làm đúng quy trình. loikeben").press("Send the answer");
  REQUIRE(city.all(conduct).front().answered_at);
  auto sender = city.sender(conduct);
  CHECK_FALSE(sender.shows("loikeben"));
  CHECK_FALSE(sender.shows("Công ty Chiếu sáng"));
  page.get("/staff/feedback/" + conduct.code.text() + "/invite");
  CHECK_FALSE(page.shows("Cho đọc cùng câu trả lời"));
  page.get(test::Office::url(conduct)).press("Nhận việc");
  page.get(test::Office::url(conduct, "/assign"))
      .choose("Trưởng Thành", "officer")
      .press("Giao người xử lý");
  page.get(test::Office::url(conduct, "/answer"))
      .fill("text", test::good_answer)
      .choose("Chưa có cơ sở")
      .press("Xem lại trước khi gửi")
      .press("Gửi câu trả lời");
  REQUIRE(city.now_is(conduct).state == State::answered);
  page.get("/staff/feedback/" + conduct.code.text() + "/invite").press("Cho đọc cùng câu trả lời");
  CHECK(city.sender(conduct).shows("loikeben"));
}

TEST_CASE("nobody outside is asked about what is protected, and no colleague without the right") {
  Asking city;
  const Feedback lamp = city.lamp();
  for (const char* login : {"hai", "thu", "tri"}) {
    auto page = city.browser(login);
    page.get("/staff/feedback/" + lamp.code.text() + "/invite");
    CHECK(page.status() != 200);
  }
  Feedback guarded = lamp;
  guarded.is_protected = true;
  CHECK_FALSE(invitable(guarded));
  guarded.about = About::conduct;
  CHECK(invitable(guarded) == InvitedAs::named);
  guarded.state = State::closed;
  CHECK_FALSE(invitable(guarded));
}

TEST_CASE("erasing a case takes what somebody outside was told and said with it") {
  Asking city;
  const Feedback lamp = city.lamp();
  auto page = city.browser("hoa");
  city.fill(page, lamp, question).press("Tạo liên kết");
  const std::string link = Asking::link_on(page);
  auto guest = city.anybody();
  guest.get(link).fill("text", "Bóng mới được thay ngày thứ Sáu.").press("Gửi câu trả lời");
  city.write([&](db::Write& w) { empty_invitations(w, lamp.id, city.now); });
  const Invitation left = city.all(lamp).front();
  CHECK(left.text.empty());
  CHECK(left.answer.empty());
  CHECK(left.addressee.empty());
}
