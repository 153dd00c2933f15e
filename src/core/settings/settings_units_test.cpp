// Units that an administrator corrects, makes and ends without a reorganisation.
#include "core/settings/settings_units.h"

#include <doctest/doctest.h>

#include "core/settings/settings_actions_units.h"
#include "core/settings/settings_store.h"
#include "core/settings/settings_store_units.h"
#include "feature/feedback/feedback_actions_settings.h"
#include "test/office.h"

namespace ln::settings {
namespace {

constexpr std::chrono::days a_day{1};

struct UnitHall : test::Office {
  UnitHall() {
    write([&](db::Write& w) {
      add_account(w, "admin", "Quản Trị", people::Role::administrator, "01");
      add_account(w, "ward", "Quản Trị Phường", people::Role::administrator, "P1");
    });
  }
  people::Administrator who(const std::string& login) {
    const auto staff = read([&](db::Read& r) {
      return people::SignIn::staff_of(r, people::hash_of("token-of-" + login), now);
    });
    return *people::Administrator::of(*staff);
  }
  UnitSetting setting(const std::string& code, Day opens = Day{}) {
    return *read([&](db::Read& r) { return unit_setting(r, code, opens); });
  }
  UnitChange wish(const UnitSetting& of) {
    const auto old = read([&](db::Read& r) { return unit_setting(r, of.code, of.opens); });
    return {.setting = of,
            .seen = old ? value_of(*old) : std::string(),
            .from = local_day(now),
            .reason = "Quyết định 12"};
  }
  Result<std::int64_t> set(const UnitChange& change, const std::string& login = "admin") {
    const auto by = who(login);
    return write([&](db::Write& w) { return change_unit(w, by, change, now); });
  }
  Result<Done> take_back(std::int64_t id) {
    const auto by = who("admin");
    return write([&](db::Write& w) { return feedback::undo_change(w, by, id, now); });
  }
  UnitSetting counter() const {
    return {.code = "P1-TD",
            .opens = local_day(now),
            .kind = units::Kind::counter,
            .type = "Bộ phận",
            .parent_code = "P1",
            .name = "Bộ phận tiếp dân Phường Một"};
  }
  std::optional<units::Unit> on(const std::string& code, Day day) {
    return read([&](db::Read& r) { return units::find_on(r, code, day); });
  }
};

std::string fields_wrong(const auto& result) {
  if (result.ok()) return "fine";
  std::string out;
  for (const FieldError& each : result.error().fields) out += each.field + " ";
  return out;
}

}  // namespace

TEST_CASE("the value of a unit reads back, and nothing else does") {
  UnitSetting setting{.code = "A.1",
                      .opens = Day{} + a_day,
                      .kind = units::Kind::counter,
                      .type = "Bộ phận",
                      .parent_code = "P1",
                      .name = "Bộ phận \"một\"",
                      .contact = {"12 Lê Lợi", "024 3", "a@b.vn"}};
  for (const auto& ends : {std::optional<Day>(), std::optional(Day{} + a_day)}) {
    setting.ends = ends;
    const auto back = read_unit_value(entry_of("A.1", setting.opens), value_of(setting));
    REQUIRE(back.ok());
    CHECK(back.value().code == "A.1");
    CHECK(value_of(back.value()) == value_of(setting));
  }
  for (const char* wrong : {"", "{}", "[]", R"({"kind":"counter"})"})
    CHECK_FALSE(read_unit_value("A.1970-01-01", wrong).ok());
  CHECK_FALSE(read_unit_value("A", value_of(setting)).ok());
  CHECK_FALSE(unit_of_entry("A.1970-02-31"));
}

TEST_CASE("a name written wrong is corrected in the browser, found by it, and put back") {
  UnitHall hall;
  auto admin = hall.browser("admin");
  admin.get("/staff/administration").follow("Đơn vị").fill("q", "phường một");
  admin.press("Tìm đơn vị").follow("Phường Một");
  admin.fill("name", "").fill("phone", "gọi tôi").fill("email", "a@b").fill("address", "12 Lê Lợi");
  admin.press("Ghi thay đổi");
  CHECK(admin.status() == 422);
  CHECK(admin.shows("Tên có 2 đến 150 chữ"));
  CHECK(admin.shows("Số điện thoại chỉ gồm chữ số"));
  CHECK(admin.shows("Địa chỉ thư điện tử viết như"));
  CHECK(admin.body().find("12 Lê Lợi") != std::string::npos);
  admin.fill("name", "Phường Mốt").fill("phone", "024 3825 0000").fill("email", "td@p1.vn");
  admin.fill("reason", "Viết sai dấu").press("Ghi thay đổi");
  CHECK(admin.shows("Đã ghi."));
  CHECK(hall.on("P1", local_day(hall.now))->name == "Phường Mốt");
  CHECK(hall.read(
            [&](db::Read& r) { return units::named(r, "mốt", local_day(hall.now)).size(); }) == 1);
  // People read how to reach it.
  auto citizen = hall.browser("nobody");
  citizen.get("/units/P1");
  CHECK(citizen.shows("12 Lê Lợi"));
  CHECK(citizen.shows("024 3825 0000"));
  // The value of before is in the history, and comes back with one press.
  const auto change = hall.read([](db::Read& r) { return history(r, 0, 1); });
  CHECK(change.at(0).before.find("Phường Một") != std::string::npos);
  admin.get("/staff/administration").press("Lấy lại như trước: P1.1970-01-01");
  CHECK(hall.on("P1", local_day(hall.now))->name == "Phường Một");
  CHECK(hall.setting("P1").contact == units::Contact{});
}

TEST_CASE("a correction may wait for its day") {
  UnitHall hall;
  UnitSetting other = hall.setting("P1");
  other.contact.phone = "1022";
  UnitChange later = hall.wish(other);
  later.from = local_day(hall.now) + a_day;
  REQUIRE(hall.set(later).ok());
  CHECK(hall.browser("admin")
            .get("/staff/administration/units/P1/1970-01-01")
            .shows("Một thay đổi chờ đến ngày"));
  CHECK(apply_due_units(hall.database, hall.now) == 0);
  CHECK(hall.setting("P1").contact.phone.empty());
  CHECK(apply_due_units(hall.database, hall.now + a_day) == 1);
  CHECK(hall.setting("P1").contact.phone == "1022");
}

TEST_CASE("an office is opened and ended, and its last day taken back") {
  UnitHall hall;
  const Day today = local_day(hall.now);
  auto admin = hall.browser("admin");
  admin.get("/staff/administration/units").follow("Thêm phòng ban, bộ phận");
  admin.fill("code", "P1-TD").fill("type", "Bộ phận").fill("parent", "P1");
  admin.choose("Bộ phận tiếp dân", "kind").fill("name", "Bộ phận tiếp dân Phường Một");
  admin.press("Ghi thay đổi");
  CHECK(admin.status() == 422);
  CHECK(admin.body().find(R"(value="counter" selected)") != std::string::npos);
  admin.fill("reason", "Quyết định 9").press("Ghi thay đổi");
  CHECK(admin.shows("Đã ghi."));
  REQUIRE(hall.on("P1-TD", today));
  CHECK(units::is_within(hall.on("P1-TD", today)->path, hall.units.at("P1").path));
  // Its code is taken now, and it cannot end in the past.
  CHECK(fields_wrong(hall.set(
            {.setting = hall.counter(), .seen = {}, .from = today, .reason = "Lần nữa"})) ==
        "code ");
  UnitSetting ended = hall.setting("P1-TD", today);
  ended.ends = today - a_day;
  CHECK(fields_wrong(hall.set(hall.wish(ended))) == "ends ");
  ended.ends = today + a_day;
  const auto end = hall.set(hall.wish(ended));
  REQUIRE(end.ok());
  CHECK_FALSE(hall.on("P1-TD", today + a_day + a_day));
  REQUIRE(hall.take_back(end.value()).ok());
  CHECK(hall.on("P1-TD", today + a_day + a_day));
}

TEST_CASE("an office that was made by mistake is ended, never removed") {
  UnitHall hall;
  const Day today = local_day(hall.now);
  const auto made = hall.set(hall.wish(hall.counter()));
  REQUIRE(made.ok());
  REQUIRE(hall.take_back(made.value()).ok());
  CHECK(hall.on("P1-TD", today));
  CHECK_FALSE(hall.on("P1-TD", today + a_day));
}

TEST_CASE("what a reorganisation must do is refused here, and nothing outlives what is above it") {
  UnitHall hall;
  const Day today = local_day(hall.now);
  UnitSetting ward = hall.setting("P1");
  ward.ends = today;
  CHECK(fields_wrong(hall.set(hall.wish(ward))) == "ends ");
  ward = hall.setting("P1");
  ward.parent_code = "P2";
  CHECK(fields_wrong(hall.set(hall.wish(ward))) == "kind ");
  UnitSetting made = hall.counter();
  made.kind = units::Kind::commune;
  made.parent_code = "P9";
  CHECK(fields_wrong(hall.set(hall.wish(made))) == "kind parent ");
  // Two floors: the upper one cannot end first.
  REQUIRE(hall.set(hall.wish(hall.counter())).ok());
  UnitSetting desk = hall.counter();
  desk.code = "P1-TD-1";
  desk.parent_code = "P1-TD";
  REQUIRE(hall.set(hall.wish(desk)).ok());
  UnitSetting upper = hall.setting("P1-TD", today);
  upper.ends = today;
  CHECK(fields_wrong(hall.set(hall.wish(upper))) == "ends ");
}

TEST_CASE("only an administrator of the city changes units, and of what they saw") {
  UnitHall hall;
  UnitSetting one = hall.setting("P1"), two = hall.setting("P1");
  one.contact.phone = "1";
  two.contact.phone = "2";
  const UnitChange first = hall.wish(one), second = hall.wish(two);
  CHECK(hall.set(first, "ward").error().kind == ErrorKind::forbidden);
  auto admin = hall.browser("admin");
  admin.get("/staff/administration/units/P1/1970-01-01").fill("address", "12 Lê Lợi");
  REQUIRE(hall.set(first).ok());
  CHECK(hall.set(second).error().kind == ErrorKind::conflict);
  admin.fill("reason", "Quyết định 14").press("Ghi thay đổi");
  CHECK(admin.status() == 409);
  CHECK(admin.body().find("12 Lê Lợi") != std::string::npos);
  for (const char* login : {"ward", "hoa", "omb"})
    for (const char* page : {"", "/new", "/P1/1970-01-01"})
      CHECK(hall.browser(login).get(std::string("/staff/administration/units") + page).status() ==
            403);
}

}  // namespace ln::settings
