// A clerk types for somebody: read back, slip, the day to correct, and who may do none of it.
#include "feature/feedback/feedback_intake.h"

#include <doctest/doctest.h>

#include <string>

#include "core/ledger/ledger_store.h"
#include "feature/feedback/feedback_pages_slip.h"
#include "feature/feedback/feedback_store_intake.h"
#include "test/office.h"

namespace ln::feedback {
namespace {

using people::Role;

struct Counter : test::Office {
  Counter() {
    write([&](db::Write& w) {
      add_account(w, "quay", "Thư ký Thành phố", Role::clerk, "01");
      add_account(w, "quan", "Quản trị", Role::administrator, "01");
      add_account(w, "sat", "Giám sát", Role::supervisor, "01");
    });
  }
  std::int64_t count(const char* what = "feedback") {
    return *read([&](db::Read& r) {
      return std::string_view(what) == "feedback"
                 ? r.one("SELECT count(*) FROM feedback",
                         [](const db::Row& row) { return row.integer(0); })
                 : r.one("SELECT count(*) FROM ledger_entry",
                         [](const db::Row& row) { return row.integer(0); });
    });
  }
  // The one case there is.
  Feedback newest() {
    return *read([](db::Read& r) {
      const auto id = r.one("SELECT max(id) FROM feedback",
                            [](const db::Row& row) { return row.id<FeedbackId>(0); });
      return find(r, *id);
    });
  }
  std::optional<Intake> intake(const Feedback& of) {
    return read([&](db::Read& r) { return intake_of(r, of.id); });
  }
};

std::string text_of(const test::Browser& browser, const std::string& id) {
  const std::string mark = "id=\"" + id + "\" translate=\"no\">";
  const std::size_t at = browser.body().find(mark);
  REQUIRE(at != std::string::npos);
  const std::size_t begin = at + mark.size();
  return browser.body().substr(begin, browser.body().find('<', begin) - begin);
}

// What a grandmother says at the counter, typed but not sent.
void type(test::Browser& clerk, const char* about = "Thủ tục hành chính") {
  clerk.get("/staff/intake");
  REQUIRE(clerk.status() == 200);
  clerk.choose("Tại quầy", "channel")
      .choose(about, "about")
      .choose("Phường Một", "unit")
      .fill("body", "Tôi đi ba lần mà chưa được giấy cho cháu.");
}

std::string about_name(About about) {
  const i18n::Voice voice(i18n::Language::vi);
  return std::string(voice(key_of(about)));
}

}  // namespace

TEST_CASE("a clerk types, reads back, and sends only what was agreed to") {
  Counter office;
  auto clerk = office.browser("thu");
  type(clerk, about_name(About::procedure).c_str());
  clerk.press("Đọc lại");
  CHECK(clerk.status() == 200);
  CHECK(clerk.shows("Tôi đi ba lần mà chưa được giấy cho cháu."));
  CHECK(clerk.shows("Phường Một"));
  CHECK(office.count() == 0);  // Nothing is kept before it is agreed to.
  clerk.press("Gửi và in giấy hẹn");
  CHECK(clerk.status() == 422);
  CHECK(clerk.shows("Đọc lại cho người dân nghe, rồi đánh dấu"));
  CHECK(office.count() == 0);
  clerk.choose("Tôi đã đọc lại và người dân đồng ý").press("Gửi và in giấy hẹn");
  REQUIRE(clerk.status() == 200);
  REQUIRE(office.count() == 1);
  const Feedback sent = office.newest();
  CHECK(sent.entered_by == office.accounts.at("thu"));
  CHECK(text_of(clerk, "code") == sent.code.shown());
  CHECK(people::Citizen(people::plain_secret(text_of(clerk, "secret"))).public_key() ==
        sent.citizen_key);
  CHECK(office.intake(sent)->channel == Channel::counter);
  CHECK(office.intake(sent)->correct_until == sent.received_at + correct_within);
}

TEST_CASE("the clerk's form asks what the chosen topic asks, and reads the answers back") {
  Counter office;
  office.write([&](db::Write& w) {
    insert_topic(w,
                 {.code = "birth",
                  .about = About::procedure,
                  .name_vi = "Giấy khai sinh",
                  .name_en = "Birth certificate"},
                 1);
    insert_question(w, {"birth", "times", "Đã đến mấy lần?", "How many visits?"}, 1);
  });
  auto clerk = office.browser("thu");
  type(clerk, about_name(About::procedure).c_str());
  CHECK_FALSE(clerk.shows("Đã đến mấy lần?"));
  clerk.choose("Giấy khai sinh", "topic").press("Đọc lại");
  // Before it is read back its questions come, once, and nothing typed is lost.
  CHECK(clerk.status() == 200);
  CHECK(clerk.shows("Lĩnh vực đã chọn hỏi thêm vài điều"));
  CHECK(clerk.body().find("ba lần mà chưa được giấy cho cháu.</textarea>") != std::string::npos);
  clerk.fill("extra_times", std::string(extra_chars_max + 1, 'x')).press("Đọc lại");
  CHECK(clerk.status() == 422);
  clerk.fill("extra_times", "bốn lần").press("Đọc lại");
  CHECK(clerk.status() == 200);
  CHECK(clerk.shows("Đã đến mấy lần?"));
  CHECK(clerk.shows("bốn lần"));
  clerk.press("Sửa lại");
  CHECK(clerk.body().find("value=\"bốn lần\"") != std::string::npos);
  clerk.press("Đọc lại").choose("Tôi đã đọc lại và người dân đồng ý").press("Gửi và in giấy hẹn");
  REQUIRE(clerk.status() == 200);
  const auto kept = office.read([&](db::Read& r) { return extras_of(r, office.newest().id); });
  CHECK(kept == std::vector{std::pair<std::string, std::string>("times", "bốn lần")});
}

TEST_CASE("what a clerk typed goes back to be changed without being lost") {
  Counter office;
  auto clerk = office.browser("thu");
  type(clerk, about_name(About::procedure).c_str());
  clerk.press("Đọc lại").press("Sửa lại");
  CHECK(clerk.status() == 200);
  CHECK(clerk.body().find("ba lần mà chưa được giấy cho cháu.</textarea>") != std::string::npos);
  clerk.fill("body", "Ngắn").press("Đọc lại");
  CHECK(clerk.status() == 422);
  CHECK(office.count() == 0);
}

TEST_CASE("the secret of a slip is shown for minutes, and no page of the office shows it again") {
  Counter office;
  auto clerk = office.browser("thu");
  type(clerk, about_name(About::procedure).c_str());
  const auto hidden = [](const test::Browser& page, const std::string& name) {
    const std::string mark = "name=\"" + name + "\" value=\"";
    const std::size_t begin = page.body().find(mark) + mark.size();
    return page.body().substr(begin, page.body().find('"', begin) - begin);
  };
  const std::string once = hidden(clerk, "once");
  const auto send_in = [&](test::Browser& browser) {
    browser.get("/staff/intake");
    browser.post("/staff/intake/send", "application/x-www-form-urlencoded",
                 "csrf=" + hidden(browser, "csrf") + "&once=" + once +
                     "&channel=counter&about=procedure&unit=P1&body=Ba+lan+chua+xong&agreed=yes",
                 {{"origin", "https://x.example"}});
    CHECK(browser.status() == 200);
  };
  send_in(clerk);
  const std::string secret = text_of(clerk, "secret");
  auto twice = office.browser("thu");  // The same report, sent again.
  send_in(twice);
  CHECK(office.count() == 1);
  CHECK(text_of(twice, "secret") == secret);
  office.now += help::slip_again_within + std::chrono::seconds(1);
  send_in(twice);
  CHECK(office.count() == 1);
  CHECK(twice.shows("Giấy hẹn này đã được đưa"));
  CHECK(twice.body().find(secret) == std::string::npos);
  const Feedback sent = office.newest();
  for (const char* login : {"thu", "hoa"}) {
    auto staff = office.browser(login);
    staff.get(test::Office::url(sent));
    REQUIRE(staff.status() == 200);
    CHECK(staff.shows("Thư ký Thu"));
    CHECK(staff.shows("Tại quầy"));
    CHECK(staff.body().find(secret) == std::string::npos);
  }
}

TEST_CASE("on the phone code and secret are read out in groups") {
  Counter office;
  auto clerk = office.browser("hoa");  // A head may do what a clerk does.
  type(clerk, about_name(About::procedure).c_str());
  clerk.choose("Qua điện thoại", "channel")
      .fill("stated-day", "20")
      .fill("stated-month", "11")
      .fill("stated-year", "2026")
      .press("Đọc lại")
      .choose("Tôi đã đọc lại và người dân đồng ý")
      .press("Gửi và in giấy hẹn");
  REQUIRE(clerk.status() == 200);
  CHECK(clerk.shows("Đọc cho người gửi chép"));
  const std::string secret = text_of(clerk, "secret");
  CHECK(clerk.body().find("<li>" + secret.substr(0, 4) + "</li>") != std::string::npos);
  CHECK(office.intake(office.newest())->channel == Channel::phone);
  // The clock runs from the receipt; the day of the call is what the clerk says.
  CHECK(office.newest().received_at == office.now);
  CHECK(clerk.shows("20/11/2026"));
}

TEST_CASE("a day that is to come, or no channel, is told beside the field") {
  Counter office;
  auto clerk = office.browser("thu");
  clerk.get("/staff/intake")
      .choose(about_name(About::procedure), "about")
      .fill("body", "Tôi đi ba lần mà chưa được giấy.")
      .fill("stated-day", "24")
      .fill("stated-month", "11")
      .fill("stated-year", "2026")
      .press("Đọc lại");
  CHECK(clerk.status() == 422);
  CHECK(clerk.shows("Chọn phản ánh đến bằng cách nào"));
  CHECK(clerk.body().find("href=\"#stated-day\"") != std::string::npos);
}

TEST_CASE("only clerks and heads take in, print forms and withdraw them") {
  Counter office;
  for (const char* login : {"nam", "tri", "omb", "quan", "sat"}) {
    CAPTURE(login);
    auto other = office.browser(login);
    for (const char* page : {"/staff/intake", "/staff/paper"})
      CHECK(other.get(page).status() == 403);
  }
  for (const char* login : {"thu", "hoa", "quay"}) {
    auto clerk = office.browser(login);
    for (const char* page : {"/staff/intake", "/staff/paper"})
      CHECK(clerk.get(page).status() == 200);
  }
  test::Browser nobody(office, office.router, office.site);
  nobody.get("/staff/intake");
  CHECK(nobody.body().find("id=\"intake\"") == std::string::npos);
}

TEST_CASE("whoever typed a protected case never finds it again, and nobody is told who it was") {
  Counter office;
  auto clerk = office.browser("quay");
  type(clerk, about_name(About::conduct).c_str());
  clerk.fill("body", "Cán bộ đòi quà bimatxyz khi làm giấy.").choose("Có, giấu tôi", "protected");
  clerk.press("Đọc lại").choose("Tôi đã đọc lại và người dân đồng ý").press("Gửi và in giấy hẹn");
  REQUIRE(clerk.status() == 200);
  const Feedback sent = office.newest();
  REQUIRE(sent.is_protected);
  // The city handles it, for which this clerk works, and so does its head.
  auto head = office.browser("thanh");
  CHECK(head.get(test::Office::url(sent)).status() == 200);
  CHECK(!head.shows("Thư ký Thành phố"));
  CHECK(!head.shows("Tại quầy"));
  CHECK(clerk.get(test::Office::url(sent)).status() == 404);
  // The same list shows it to the head.
  CHECK(head.get("/staff?q=doi+qua").shows("bimatxyz"));
  for (const char* page : {"/staff", "/staff?q=doi+qua", "/staff?tab=open"}) {
    clerk.get(page);
    CHECK(!clerk.shows("bimatxyz"));
    CHECK(clerk.body().find(sent.code.text()) == std::string::npos);
  }
  CHECK(clerk.get("/staff?q=" + sent.code.text()).body().find(test::Office::url(sent)) ==
        std::string::npos);
  CHECK(clerk.get(test::Office::url(sent, "/note")).status() == 404);
}

TEST_CASE("the sender puts right what was typed, within a day, and what stood there is kept") {
  Counter office;
  auto clerk = office.browser("thu");
  type(clerk, about_name(About::procedure).c_str());
  clerk.press("Đọc lại").choose("Tôi đã đọc lại và người dân đồng ý").press("Gửi và in giấy hẹn");
  const std::string secret = text_of(clerk, "secret");
  const Feedback sent = office.newest();
  const std::string page = "/feedback/" + sent.code.text();
  test::Browser stranger(office, office.router, office.site);
  CHECK(stranger.get(page + "/correct").status() == 404);
  test::Browser sender(office, office.router, office.site);
  sender.get(page).fill("secret", secret).press("Mở hồ sơ");
  CHECK(sender.shows("Có người nhập giúp bạn"));
  sender.follow("Sửa lại cho đúng").press("Lưu bản sửa");
  CHECK(sender.status() == 422);
  CHECK(sender.shows("Bạn chưa sửa chữ nào"));
  sender.fill("text", "Tôi đi bốn lần mà chưa được giấy cho cháu.").press("Lưu bản sửa");
  CHECK(sender.status() == 200);
  CHECK(sender.shows("Tôi đi bốn lần"));
  const Feedback corrected = office.newest();
  CHECK(corrected.body == "Tôi đi bốn lần mà chưa được giấy cho cháu.");
  CHECK(corrected.title == title_from(corrected.body));
  CHECK(corrected.state == State::received);
  CHECK(corrected.due_at == sent.due_at);
  CHECK(office.read([&](db::Read& r) { return first_body_of(r, sent.id); }) == sent.body);
  // It is an act of the sender in the ledger, and the office is told.
  const auto entries =
      office.read([&](db::Read& r) { return ledger::entries_of(r, {"feedback", sent.id.value}); });
  REQUIRE(entries.size() == 2);
  CHECK(entries.back().event == ledger::Event::replied);
  auto head = office.browser("hoa");
  CHECK(head.get(test::Office::url(sent)).shows("Người gửi sửa nội dung được nhập giúp"));

  office.now = sent.received_at + correct_within - std::chrono::seconds(1);
  CHECK(sender.get(page + "/correct").address() == page + "/correct");
  office.now += std::chrono::seconds(1);
  CHECK(sender.get(page + "/correct").address() == page + "?late=1");
  CHECK(office.newest().body == corrected.body);
}

TEST_CASE("what nobody typed for its sender is not theirs to change afterwards") {
  Counter office;
  const Feedback lamp = office.lamp();
  test::Browser sender(office, office.router, office.site);
  const std::string page = "/feedback/" + lamp.code.text();
  sender.get(page).fill("secret", office.secrets.at(lamp.code.text())).press("Mở hồ sơ");
  CHECK(!sender.shows("Có người nhập giúp bạn"));
  CHECK(sender.get(page + "/correct").address() == page + "?late=1");
}

TEST_CASE("a correction ends with the work: answered, asked, published or erased") {
  Feedback f{.code = *Code::parse("23456789")};
  const Instant now = from_ms(1'000'000);
  const Intake intake{.correct_until = now + correct_within};
  CHECK(may_correct(f, intake, now));
  CHECK(!may_correct(f, intake, now + correct_within));
  for (const State state : all_states) {
    f.state = state;
    const bool works =
        state == State::received || state == State::accepted || state == State::assigned;
    CHECK(may_correct(f, intake, now) == works);
  }
  f.state = State::received;
  f.published_at = now;
  CHECK(!may_correct(f, intake, now));
  f.published_at.reset();
  f.erased_at = now;
  CHECK(!may_correct(f, intake, now));
}

}  // namespace ln::feedback
