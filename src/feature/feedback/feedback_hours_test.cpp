#include <doctest/doctest.h>

#include "core/ledger/ledger_public_actions.h"
#include "core/workdays/workdays_hours.h"
#include "feature/feedback/feedback_actions_hours.h"
#include "feature/feedback/feedback_deadline.h"
#include "test/office.h"

using namespace ln;
using namespace ln::feedback;
using namespace std::chrono_literals;

namespace {

struct OpenHall : test::Office {
  OpenHall() {
    write([&](db::Write& w) {
      add_account(w, "adm", "Quản Trị", people::Role::administrator, "01");
    });
  }
  test::Browser& fill(test::Browser& page, const char* unit, const char* weekday) {
    return page.get("/staff/administration/hours")
        .fill("unit", unit)
        .fill("weekday", weekday)
        .fill("reason", "Quyết định giờ mùa hè");
  }
};

}  // namespace

TEST_CASE("an office with hours of its own has its dates counted by them, and the case says so") {
  OpenHall city;
  const Feedback before = city.lamp();
  CHECK(before.hours.empty());
  auto page = city.browser("adm");
  city.fill(page, "P1", "07:00-11:00 13:30-16:30").fill("saturday", "08:00-11:00");
  page.press("Ghi thay đổi");
  REQUIRE(page.status() == 200);
  CHECK(page.shows("Giờ làm việc: P1"));
  const Feedback after = city.lamp();
  CHECK(after.hours == "07:00-11:00 13:30-16:30; 08:00-11:00");
  // The same day, half an hour earlier: the office closes then.
  CHECK(after.first_due_at == before.first_due_at - 30min);
  CHECK(city.now_is(before).due_at == before.due_at);
  test::Browser sender(city, city.router, city.site);
  sender.get("/feedback/find").fill("code", after.code.shown());
  sender.fill("secret", city.secrets.at(after.code.text())).press("Mở hồ sơ");
  CHECK(sender.shows("07:00–11:00, 13:30–16:30; thứ Bảy 08:00–11:00"));
  sender.get("/en/units/P1");
  CHECK(sender.shows("Open Monday to Friday: 07:00–11:00, 13:30–16:30; Saturday 08:00–11:00"));
  sender.get("/en/units/P2");
  CHECK(sender.shows("Open Monday to Friday: 08:00–12:00, 13:00–17:00"));
  // Urgent on a Friday afternoon: Saturday's desk counts.
  const Instant friday = test::monday + 4 * 24h + 6h;  // 15:00
  CHECK(urgent_due_of(Topic{}, friday, after.hours).at == test::monday + 5 * 24h + 1h + 30min);
  const auto fact =
      city.read([](db::Read& r) { return ledger::last_fact(r, ledger::settings_kind); });
  REQUIRE(fact);
  CHECK(std::get<ledger::SettingsFact>(*ledger::parse_fact(fact->payload)).list == "hours");
}

TEST_CASE("hours hold for the units below, until one has its own, and are taken back") {
  OpenHall city;
  auto page = city.browser("adm");
  city.fill(page, "01", "07:30-11:30 13:00-16:30").press("Ghi thay đổi");
  const auto hours_of_ward = [&](const char* code) {
    return city.read([&](db::Read& r) { return workdays::hours_at(r, city.units.at(code).path); });
  };
  CHECK(hours_of_ward("P1") == "07:30-11:30 13:00-16:30");
  city.fill(page, "P1", "08:00-12:00").press("Ghi thay đổi");
  CHECK(hours_of_ward("P1") == "08:00-12:00");
  CHECK(hours_of_ward("P2") == "07:30-11:30 13:00-16:30");
  page.get("/staff/administration").press("Lấy lại như trước: P1");
  CHECK(hours_of_ward("P1") == "08:00-12:00 13:00-17:00");
}

TEST_CASE("hours that are none are refused beside their field, and nothing is lost") {
  OpenHall city;
  auto page = city.browser("adm");
  city.fill(page, "P9", "8 giờ đến 12 giờ").press("Ghi thay đổi");
  CHECK(page.status() == 422);
  CHECK(page.shows("Hãy viết giờ như 07:30-11:30 13:30-17:00"));
  CHECK(page.body().find("8 giờ đến 12 giờ") != std::string::npos);
  city.fill(page, "P1", "08:00-12:00").fill("saturday", "sáng").press("Ghi thay đổi");
  CHECK(page.shows("Hãy viết giờ thứ Bảy"));
  auto head = city.browser("hoa");
  head.get("/staff/administration/hours");
  CHECK(head.status() != 200);
}
