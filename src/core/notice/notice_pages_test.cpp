#include "core/notice/notice_pages.h"

#include <doctest/doctest.h>

#include "core/notice/notice_letter.h"
#include "core/notice/notice_store.h"
#include "core/people/people_actions.h"
#include "core/people/people_password.h"
#include "test/browser.h"

using namespace ln;
using namespace ln::notice;

namespace {

constexpr Subject case_7{"feedback", 7};

struct Hall : test::World {
  http::Router router;
  html::Site site{.city = "site.city"_t, .base_url = "https://x.example"};
  const ReaderKey key{5, 4, 3, 2, 1};

  Hall() {
    router.get("/notices/{key}", choice_page);
    router.post("/notices/{key}", choose);
    router.get("/api/v1/notices/{key}", to_choice_page);
    router.post("/api/v1/notices/{key}", stop_by_mail, {.csrf = false});
    router.get("/staff/notices", staff_page);
    router.post("/staff/notices", save_staff);
    write([&](db::Write& to) {
      static_cast<void>(ensure_reader(to, case_7, key));
      queue(to,
            {.kind = "feedback.lapsed",
             .to = Recipient::citizen("hoa@example.vn"),
             .about = case_7,
             .text = "feedback.notice.lapsed"_t},
            now);
    });
  }
  test::Browser browser() { return {*this, router, site}; }
  Pace pace() {
    return read([](db::Read& from) { return reader_of(from, case_7)->pace; });
  }
  std::int64_t waiting() {
    return read([](db::Read& from) { return count_waiting(from); });
  }
};

}  // namespace

TEST_CASE("whoever has the link of a letter chooses how often, in both languages") {
  Hall hall;
  auto browser = hall.browser();
  browser.get("/notices/" + shown_key(hall.key));
  CHECK(browser.status() == 200);
  browser.choose("Gom lại mỗi ngày một thư").press("Lưu lựa chọn");
  CHECK(browser.shows("Đã lưu."));
  CHECK(hall.pace() == Pace::daily);
  browser.get("/en/notices/" + shown_key(hall.key)).choose("No more").press("Save this choice");
  CHECK(browser.shows("Saved."));
  CHECK(hall.pace() == Pace::none);
  CHECK(hall.waiting() == 0);
}

TEST_CASE("a link that nobody was given leads nowhere, and a form without a choice says so") {
  Hall hall;
  auto browser = hall.browser();
  for (const std::string& wrong :
       {std::string(22, 'A'), std::string("abc"), std::string(200, 'x')}) {
    browser.get("/notices/" + wrong);
    CHECK(browser.status() == 404);
  }
  browser.get("/notices/" + shown_key(hall.key));
  browser.post("/api/v1/notices/" + std::string(22, 'A'), "application/x-www-form-urlencoded",
               "List-Unsubscribe=One-Click");
  CHECK(browser.status() == 404);
  CHECK(hall.pace() == Pace::each);
}

TEST_CASE("one click in a mail program ends it, without a cookie and without a page") {
  Hall hall;
  auto browser = hall.browser();
  browser.post("/api/v1/notices/" + shown_key(hall.key), "application/x-www-form-urlencoded",
               "List-Unsubscribe=One-Click");
  CHECK(browser.status() == 200);
  CHECK(hall.pace() == Pace::none);
  CHECK(hall.waiting() == 0);
  // A mail program that knows no one-click opens the same address: it must change nothing.
  hall.write([&](db::Write& to) { choose_pace(to, case_7, Pace::each, hall.now); });
  browser.get("/api/v1/notices/" + shown_key(hall.key));
  CHECK(browser.address() == "/notices/" + shown_key(hall.key));
  CHECK(hall.pace() == Pace::each);
}

TEST_CASE("an officer gives an address, and a wrong one stays in the field beside what is wrong") {
  Hall hall;
  std::int64_t account = 0;
  hall.write([&](db::Write& to) {
    const auto id = people::add_account(
        to,
        {.login = "hoa",
         .name = "Hoa",
         .password_hash = people::hash_password("một câu dễ nhớ", hall.random, people::test_cost)},
        hall.now);
    account = id.value().value;
    REQUIRE(people::open_session(to, id.value(), "0123456789abcdef0123", hall.now).ok());
  });
  const Subject me{staff_subject, account};
  auto browser = hall.browser();
  browser.get("/staff/notices");
  CHECK(browser.status() != 200);  // nobody is signed in
  browser.set_cookie("ln_staff", "0123456789abcdef0123");
  browser.get("/staff/notices").fill("address", "hoa@").press("Lưu lựa chọn");
  CHECK(browser.status() == 422);
  CHECK(browser.shows("Địa chỉ thư chưa đúng"));
  CHECK(browser.body().find("value=\"hoa@\"") != std::string::npos);
  browser.fill("address", "hoa@donvi.example").press("Lưu lựa chọn");
  CHECK(browser.shows("Đã lưu."));
  const auto reader = hall.read([&](db::Read& from) { return reader_of(from, me); });
  REQUIRE(reader.has_value());
  CHECK(reader->address == "hoa@donvi.example");
  CHECK(reader->pace == Pace::daily);
  browser.uncheck("Gửi tôi bản tóm tắt mỗi sáng").press("Lưu lựa chọn");
  CHECK(hall.read([&](db::Read& from) { return reader_of(from, me)->pace; }) == Pace::none);
}
