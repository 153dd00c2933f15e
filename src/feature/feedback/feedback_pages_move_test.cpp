#include <doctest/doctest.h>

#include <string>

#include "core/people/people_actions.h"
#include "core/people/people_session.h"
#include "core/settings/settings_store.h"
#include "core/units/units_actions_reorganise.h"
#include "core/units/units_store.h"
#include "core/units/units_store_reorganise.h"
#include "feature/feedback/feedback_jobs_move.h"
#include "test/city.h"

namespace ln::feedback {
namespace {

constexpr Day change_day{std::chrono::year(2026) / 12 / 1};
const std::string list =
    "level,code,name,type,parent_code\n"
    "1,01,Thành phố Hà Nội,Thành,\n"
    "3,N1,Phường Bắc,Phường,01\n"
    "3,N2,Phường Nam,Phường,01\n";
const std::string mapping =
    "new_code,new_name,new_province,old_code,old_name,old_district,old_province,relation,note_vi\n"
    "N1,,,P1,,,,partial,Nhập một phần\n"
    "N2,,,P1,,,,partial,Nhập một phần\n"
    "N2,,,P2,,,,full,Nhập toàn bộ\n";

struct Town : test::City {
  Town() {
    add_staff("quantri", people::Role::administrator, "01");
    add_staff("tri", people::Role::triage, "P1");
    add_staff("khac", people::Role::triage, "P2");
  }
  // A browser in which somebody is signed in, or nobody.
  struct Person : test::Browser {
    Person(Town& town, const std::string& login) : Browser(town, town.router, town.site) {
      if (login.empty()) return;
      static_cast<void>(town.staff(login));
      set_cookie(std::string(people::session_cookie),
                 login + " at " + std::to_string(to_ms(town.now)));
    }
  };
  Person browser(const std::string& login) { return Person(*this, login); }
  test::Browser& filled(test::Browser& admin, const std::string& rows) {
    return admin.get("/staff/reorganisation")
        .fill("date", "2026-12-01")
        .fill("name", "Sắp xếp mẫu")
        .fill("source", "Nghị quyết mẫu")
        .attach("list", "list.csv", list)
        .attach("mapping", "mapping.csv", rows);
  }
  void apply() {
    auto admin = browser("quantri");
    filled(admin, mapping).press("Xem trước");
    CHECK(admin.shows("Điều sẽ xảy ra"));
    admin.attach("list", "list.csv", list).attach("mapping", "mapping.csv", mapping);
    admin.press("Áp dụng");
    REQUIRE(admin.shows("Đã ghi nhận"));
  }
  void pass() {
    now = at_local(change_day) + std::chrono::hours(9);
    while (follow_reorganisation(database, random, now) > 0) {
    }
  }
  Sent report(const std::string& unit, const std::string& what = "place") {
    Typed typed;
    typed.about = what;
    typed.unit = unit;
    typed.place = what == "place" ? "Cổng chợ Mơ" : "bimatxyz";
    typed.title = "Đèn tắt";
    typed.body = "Đèn đường ngõ 82 tắt ba tuần";
    return send(typed);
  }
};

TEST_CASE("an administrator sees what would happen, and only what was seen is applied") {
  Town town;
  town.report("P1");
  auto admin = town.browser("quantri");
  admin.get("/staff/reorganisation").press("Xem trước");
  CHECK(admin.status() == 422);
  CHECK(admin.shows("Hãy chọn tệp CSV"));
  town.filled(admin, mapping).press("Xem trước");
  CHECK(admin.status() == 200);
  CHECK(admin.shows("1 đơn vị bị chia cho nhiều đơn vị"));
  CHECK(admin.shows("1 hồ sơ chưa đóng sẽ chuyển theo"));
  CHECK(town.read([](db::Read& r) { return units::reorganisations(r).empty(); }));
  // Other files than those that were looked at are looked at first.
  admin.attach("list", "list.csv", list)
      .attach("mapping", "m.csv", mapping + "N1,,,Q1,,,,full,x\n");
  admin.press("Áp dụng");
  CHECK(admin.shows("Điều sẽ xảy ra"));
  CHECK(town.read([](db::Read& r) { return units::reorganisations(r).empty(); }));
  // What does not fit offers no button to apply it.
  town.filled(admin, mapping + "N1,,,P9,,,,full,x\n").press("Xem trước");
  CHECK(admin.shows("Không có đơn vị nào mang mã cũ này"));
  CHECK(admin.body().find("value=\"apply\"") == std::string::npos);
  town.filled(admin, mapping + "N1,,,P1,,,,half,x\n").press("Xem trước");
  CHECK(admin.status() == 422);
  town.apply();
  CHECK(town.read([](db::Read& r) { return units::reorganisations(r).size(); }) == 1);
  CHECK(town.browser("quantri").get("/en/staff/reorganisation").shows("its day has not come"));
}

TEST_CASE("what was announced and has not begun is withdrawn, and leaves nothing behind") {
  Town town;
  const auto units_now = [&] {
    return town.read([](db::Read& r) {
      return r.all("SELECT code, name, coalesce(valid_to, 0) FROM unit ORDER BY id",
                   [](const db::Row& row) {
                     return row.text(0) + " " + row.text(1) + " " + std::to_string(row.integer(2));
                   });
    });
  };
  const auto before = units_now();
  town.apply();
  CHECK(units_now() != before);
  auto admin = town.browser("quantri");
  admin.get("/staff/reorganisation").press("Rút lại");
  CHECK(admin.status() == 422);
  CHECK(admin.shows("Hãy đánh dấu vào ô xác nhận"));
  // Somebody who works for a unit to come keeps it from being withdrawn.
  const auto north = *town.read([](db::Read& r) { return units::find_on(r, "N1", change_day); });
  const people::AccountId head = town.accounts.at("tri");
  REQUIRE(town.write([&](db::Write& w) {
                return people::grant(w, head, people::Role::head, north.id, town.now);
              })
              .ok());
  admin.choose("Tôi chắc chắn: rút lại đợt sắp xếp này khi chưa đến ngày").press("Rút lại");
  CHECK(admin.status() == 409);
  REQUIRE(town.write([&](db::Write& w) {
                return people::revoke(w, head, people::Role::head, north.id, town.now);
              })
              .ok());
  admin.get("/staff/reorganisation")
      .choose("Tôi chắc chắn: rút lại đợt sắp xếp này khi chưa đến ngày")
      .press("Rút lại");
  CHECK(admin.status() == 200);
  CHECK(units_now() == before);
  CHECK(town.read([](db::Read& r) { return units::reorganisations(r).empty(); }));
  // Both are said in the public log, with the fingerprint of what became of which.
  const auto lines = town.read([](db::Read& r) { return settings::history(r, 0, 9); });
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].after == "{}");
  CHECK(lines[0].before == lines[1].after);
  CHECK(lines[1].after.starts_with(R"({"links":")"));
  town.apply();  // and may be announced again
  town.pass();
  const auto late = town.write([&](db::Write& w) {
    return units::withdraw(w, units::reorganisations(w).front().id, town.now);
  });
  REQUIRE_FALSE(late.ok());
  CHECK(late.error().kind == ErrorKind::conflict);
}

TEST_CASE("only administrators reorganise; only who may pass a case on says where it belongs") {
  Town town;
  CHECK(town.browser("tri").get("/staff/reorganisation").status() == 403);
  CHECK(town.browser("").get("/staff/reorganisation").address().starts_with("/staff/sign-in"));
  town.report("P1");
  town.apply();
  town.pass();
  CHECK(town.browser("quantri").get("/staff/reorganisation/1/undetermined").status() == 403);
  CHECK(town.browser("tri").get("/staff/reorganisation/9/undetermined").status() == 404);
}

TEST_CASE("an undetermined case is settled by one choice, by the officer who has it meanwhile") {
  Town town;
  const auto sent = town.report("P1");
  town.apply();
  town.pass();
  auto officer = town.browser("tri");
  officer.get("/staff");
  CHECK(officer.shows("có hồ sơ chờ bạn xác định"));
  officer.follow("Hồ sơ chờ xác định đơn vị");
  CHECK(officer.shows("Cổng chợ Mơ"));
  CHECK(officer.shows(sent.feedback.code.shown()));
  CHECK(officer.shows("Phường Bắc"));
  officer.press("Xác định");
  CHECK(officer.status() == 422);
  CHECK(officer.shows("Hãy chọn một đơn vị"));
  officer.choose("Phường Nam").press("Xác định");
  CHECK(officer.shows("Đã xác định đơn vị"));
  CHECK(officer.shows("Không còn hồ sơ nào"));
  CHECK(town.unit_of(town.current(sent)) == "N2");
}

TEST_CASE(
    "a protected case stands in the list without its place, and for nobody who may not see it") {
  Town town;
  Typed typed;
  typed.about = "place";
  typed.unit = "P1";
  typed.place = "bimatxyz";
  typed.body = "Xe tải đỗ chắn lối suốt đêm";
  typed.is_protected = true;
  const auto sent = town.send(typed);
  const auto conduct = town.report("P1", "conduct");
  town.apply();
  town.pass();
  const std::string page = "/staff/reorganisation/1/undetermined";
  auto officer = town.browser("tri");
  officer.get(page);
  CHECK(officer.shows(sent.feedback.code.shown()));
  CHECK_FALSE(officer.shows("bimatxyz"));
  CHECK_FALSE(officer.shows(conduct.feedback.code.shown()));
  auto other = town.browser("khac");
  other.get(page);
  CHECK_FALSE(other.shows(sent.feedback.code.shown()));
  CHECK(town.browser("").get(page).address().starts_with("/staff/sign-in"));
}

TEST_CASE("links and codes of a ward that has ended still answer, and lead to what it is now") {
  Town town;
  const auto open = town.report("P2");
  town.apply();
  town.pass();
  auto anybody = town.browser("");
  anybody.get("/units/P2");
  CHECK(anybody.status() == 200);
  CHECK(anybody.shows("Phường Hai"));
  CHECK(anybody.shows("Nay là"));
  anybody.follow("Phường Nam");
  CHECK(anybody.address() == "/units/N2");
  CHECK(anybody.get("/en/units/P2").shows("It is now"));
  anybody.get("/units/Q1");  // A counter that ended with its ward.
  CHECK(anybody.shows("tiếp nhận"));
  CHECK(anybody.get("/units/P2/1970-01-01").shows("Nay là"));
  // A QR code on paper: the form goes to whoever took over.
  anybody.get("/feedback/new?unit=P2&counter=2");
  CHECK(anybody.status() == 200);
  Typed typed;
  typed.about = "place";
  typed.unit = "P2";
  typed.body = "Đèn đường ngõ 82 tắt ba tuần";
  CHECK(town.unit_of(town.send(typed).feedback) == "N2");
  typed.unit = "P1";  // Split: somebody has to choose.
  CHECK_FALSE(town.prepare(typed).ok());
  // The case tells its own story.
  anybody.get("/feedback/find")
      .fill("code", open.feedback.code.text())
      .fill("secret", open.secret)
      .press("Mở");
  CHECK(anybody.shows("Sắp xếp đơn vị hành chính"));
  CHECK(anybody.shows("Phường Hai → Phường Nam"));
}

}  // namespace
}  // namespace ln::feedback
