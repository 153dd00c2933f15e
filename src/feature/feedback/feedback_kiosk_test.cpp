// The public screen: sends without a draft, keeps nothing, clears itself.
#include <doctest/doctest.h>

#include <string>

#include "feature/feedback/feedback_store.h"
#include "test/office.h"

namespace ln::feedback {

TEST_CASE("at the public screen a report is sent without a draft, and the page clears itself") {
  test::Office office;
  const auto count = [&] {
    return *office.read([](db::Read& r) {
      return r.one("SELECT (SELECT count(*) FROM feedback_draft), (SELECT count(*) FROM feedback)",
                   [](const db::Row& row) {
                     return std::to_string(row.integer(0)) + " " + std::to_string(row.integer(1));
                   });
    });
  };
  test::Browser screen(office, office.router, office.site);
  screen.get("/kiosk");
  CHECK(screen.body().find("data-clears=\"/kiosk\"") != std::string::npos);
  CHECK(screen.body().find("data-draft") == std::string::npos);
  screen.press("Đọc lại");
  CHECK(screen.status() == 422);
  screen.choose(std::string(i18n::Voice(i18n::Language::vi)(key_of(About::place))), "about")
      .fill("body", "Đèn đường ngõ 12 hỏng.")
      .press("Đọc lại");
  REQUIRE(screen.status() == 200);
  CHECK(count() == "0 0");
  screen.press("Gửi");
  REQUIRE(screen.status() == 200);
  CHECK(count() == "0 1");
  CHECK(screen.body().find("id=\"secret\"") != std::string::npos);
  const auto sent = *office.read([](db::Read& r) {
    const auto id =
        r.one("SELECT id FROM feedback", [](const db::Row& row) { return row.id<FeedbackId>(0); });
    return find(r, *id);
  });
  CHECK(sent.entered_by == 0);
  // The page that clears itself asks for this.
  screen.get("/kiosk/send");
  CHECK(screen.address() == "/kiosk");
  CHECK(screen.body().find("ngõ 12") == std::string::npos);
  CHECK(screen.cookie("feedback").empty());
}

}  // namespace ln::feedback
