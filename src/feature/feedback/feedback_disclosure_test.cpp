#include "feature/feedback/feedback_disclosure.h"

#include <doctest/doctest.h>

#include "core/ledger/ledger_public_actions.h"
#include "feature/feedback/feedback_store_disclosure.h"
#include "test/office.h"

using namespace ln;
using namespace ln::feedback;
using namespace std::chrono_literals;

namespace {

struct Ordering : test::Office {
  std::vector<Disclosure> all() {
    return read([](db::Read& from) { return disclosures(from, 0, 100); });
  }
  // The form as it is right, about `code`.
  static test::Browser& fill(test::Browser& page, const std::string& code) {
    return page.get("/staff/disclosures")
        .choose("Tòa án")
        .fill("number", "12/QĐ-TA lenhxyz")
        .fill("ordered-day", "20")
        .fill("ordered-month", "11")
        .fill("ordered-year", "2026")
        .choose("Từ chối")
        .fill("basis", "Điều 9 của luật; người giữ khóa không đồng ý mở.")
        .fill("case", code);
  }
};

}  // namespace

TEST_CASE("an order to hand out a sender is counted in public and names nobody") {
  Ordering city;
  const Feedback conduct = city.conduct();
  auto page = city.browser("omb");
  Ordering::fill(page, conduct.code.shown()).press("Ghi lệnh");
  CHECK(page.status() == 200);
  CHECK(page.shows(conduct.code.shown()));
  REQUIRE(city.all().size() == 1);
  CHECK(city.all().front().feedback == conduct.id);
  // Everybody sees the count, and nothing of the order.
  test::Browser anybody(city, city.router, city.site);
  anybody.get("/disclosures");
  CHECK(anybody.shows("Năm 2026"));
  CHECK(anybody.shows("Tòa án"));
  CHECK_FALSE(anybody.shows("lenhxyz"));
  CHECK_FALSE(anybody.shows(conduct.code.shown()));
  const auto fact =
      city.read([](db::Read& r) { return ledger::last_fact(r, ledger::disclosure_kind); });
  REQUIRE(fact);
  const auto told = ledger::parse_fact(fact->payload);
  REQUIRE(told);
  CHECK(std::get<ledger::DisclosureFact>(*told).outcome == "refused");
  CHECK(fact->payload.find(conduct.code.text()) == std::string::npos);
  // Its sender is told.
  test::Browser sender(city, city.router, city.site);
  sender.get("/feedback/find").fill("code", conduct.code.shown());
  sender.fill("secret", city.secrets.at(conduct.code.text())).press("Mở hồ sơ");
  CHECK(sender.shows("đòi thông tin về người gửi"));
  CHECK_FALSE(sender.shows("lenhxyz"));
}

TEST_CASE("a sender who may not be told yet is told on the day after") {
  Ordering city;
  const Feedback conduct = city.conduct();
  auto page = city.browser("omb");
  Ordering::fill(page, conduct.code.shown())
      .fill("silent-day", "30")
      .fill("silent-month", "11")
      .fill("silent-year", "2026")
      .press("Ghi lệnh");
  REQUIRE(city.all().size() == 1);
  const auto told = [&](Day day) {
    return city.read([&](db::Read& r) { return disclosures_told(r, conduct.id, day).size(); });
  };
  const Day last{std::chrono::year(2026) / 11 / 30};
  CHECK(told(last) == 0);
  CHECK(told(last + std::chrono::days(1)) == 1);
}

TEST_CASE("an order that is not whole is refused beside its fields, and nothing is lost") {
  Ordering city;
  auto page = city.browser("omb");
  Ordering::fill(page, "HN-0000-0000").fill("ordered-month", "13").fill("basis", "ngắn");
  page.fill("silent-day", "1").fill("silent-month", "1").fill("silent-year", "2020");
  page.press("Ghi lệnh");
  CHECK(page.status() == 422);
  CHECK(page.shows("Hãy ghi ngày của lệnh, không sau hôm nay."));
  CHECK(page.shows("Không có hồ sơ mang mã này."));
  CHECK(page.shows("Hãy ghi căn cứ và lý do"));
  CHECK(page.shows("Hãy ghi một ngày từ hôm nay"));
  CHECK(page.body().find("12/QĐ-TA lenhxyz") != std::string::npos);
  CHECK(city.all().empty());
}

TEST_CASE("nobody but the ombudsman writes down or reads an order") {
  Ordering city;
  for (const char* login : {"hoa", "nam", "tri", "thu", "thanh"}) {
    auto page = city.browser(login);
    page.get("/staff/disclosures");
    CHECK(page.status() != 200);
  }
  test::Browser anybody(city, city.router, city.site);
  anybody.get("/disclosures");
  CHECK(anybody.shows("Chưa có lệnh nào."));
}
