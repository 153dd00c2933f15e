// Criteria of emulation, changed in the browser: from a day on, in public, and taken back.
#include <doctest/doctest.h>

#include <string>

#include "core/settings/settings_store.h"
#include "feature/emulation/emulation_actions.h"
#include "feature/emulation/emulation_actions_criteria.h"
#include "test/project_ground.h"

namespace ln::emulation {
namespace {

constexpr std::string_view criteria = "/staff/administration/criteria";

struct City : project::Ground {
  City() {
    write([&](db::Write& w) {
      add_account(w, "admin", "Quản Trị", people::Role::administrator, "01");
      install_criteria(w);
    });
  }
  std::string in_force(Instant at) {
    std::string all;
    for (const Criterion& each : read([&](db::Read& r) { return criteria_at(r, at); }))
      all += each.code + " ";
    return all;
  }
  Result<Model> register_model() {
    const Typed typed{.field = Field::politics,
                      .name_vi = "Trả lời dân trong ngày ở phường Một",
                      .task = "Trả lời phản ánh đúng hạn: mỗi việc một người nhận.",
                      .place = "Phường Một",
                      .launched_by = "Ban Dân vận Thành ủy",
                      .metric = Metric::on_time,
                      .begins_on = local_day(now) + std::chrono::days(20),
                      .days = 30};
    const auto who = officer("hoa");
    auto made =
        read([&](db::Read& r) { return prepare(r, who, units.at("P1"), typed, random, now); });
    if (!made.ok()) return made.error();
    return write([&](db::Write& w) { return enter(w, made.value()); });
  }
  // Adds "tiet-kiem" by the form, from the day given.
  void add_by_form(test::Browser& admin, const char* day, const char* month) {
    admin.get(std::string(criteria) + "/new")
        .fill("code", "tiet-kiem")
        .fill("name_vi", "Tiết kiệm được tiền của dân")
        .fill("name_en", "It saves people money")
        .fill("source", "Hướng dẫn 05-HD/BDVTU")
        .fill("from-day", day)
        .fill("from-month", month)
        .fill("from-year", "2026")
        .fill("reason", "Theo hướng dẫn mới")
        .press("Xem trước");
  }
};

}  // namespace

TEST_CASE("an administrator adds a criterion from a day on, and sees the list before it is so") {
  City city;
  const std::string before = city.in_force(city.now);
  auto admin = city.browser("admin");
  city.add_by_form(admin, "1", "12");
  CHECK(admin.status() == 200);
  CHECK(admin.shows("Từ ngày 01/12/2026, mô hình đăng ký mới sẽ được xem xét theo:"));
  CHECK(admin.shows("Tiết kiệm được tiền của dân"));
  CHECK(admin.shows("Bền vững và lan tỏa được sang nơi khác"));
  // Looked at, not changed.
  CHECK(city.read([](db::Read& r) { return settings::history_of(r, "criterion", 10); }).empty());
  admin.press("Ghi thay đổi");
  CHECK(admin.shows("Tiết kiệm được tiền của dân"));
  CHECK(city.in_force(city.now) == before);
  CHECK(apply_due_criteria(city.database, city.now) == 0);
  const auto registered = city.register_model();
  REQUIRE(registered.ok());
  city.now = at_local(Day{std::chrono::year(2026) / 12 / 1}) + std::chrono::minutes(1);
  CHECK(apply_due_criteria(city.database, city.now) == 1);
  CHECK(apply_due_criteria(city.database, city.now) == 0);
  CHECK(city.in_force(city.now).find("tiet-kiem ") != std::string::npos);
  // What was registered before is judged by what was in force then; the public list has the new
  // one.
  test::Browser anybody(city, city.router, city.site);
  anybody.get("/emulation");
  CHECK(anybody.shows("Tiết kiệm được tiền của dân"));
  anybody.get("/emulation/" + std::to_string(registered.value().id.value));
  CHECK(anybody.shows("tiêu chí có hiệu lực khi đăng ký"));
  CHECK(anybody.shows("Bền vững và lan tỏa được sang nơi khác"));
  CHECK_FALSE(anybody.shows("Tiết kiệm được tiền của dân"));
}

TEST_CASE("a criterion is taken out of use and put back, and old models keep it") {
  City city;
  const auto registered = city.register_model();
  REQUIRE(registered.ok());
  city.now += std::chrono::minutes(5);
  auto admin = city.browser("admin");
  admin.get(std::string(criteria) + "/lasting")
      .uncheck("Còn áp dụng")
      .fill("reason", "Không còn trong hướng dẫn")
      .press("Xem trước");
  CHECK_FALSE(admin.shows("Bền vững và lan tỏa được sang nơi khác"));
  admin.press("Ghi thay đổi");
  CHECK(city.in_force(city.now).find("lasting") == std::string::npos);
  test::Browser anybody(city, city.router, city.site);
  anybody.get("/emulation");
  CHECK_FALSE(anybody.shows("Bền vững và lan tỏa được sang nơi khác"));
  anybody.get("/emulation/" + std::to_string(registered.value().id.value));
  CHECK(anybody.shows("Bền vững và lan tỏa được sang nơi khác"));
  // Each change is a line of the public log and stands in the common history.
  admin.get("/staff/administration");
  CHECK(admin.shows("Tiêu chí: lasting"));
  city.now += std::chrono::minutes(5);
  admin.get(std::string(criteria)).press("lasting");
  CHECK(city.in_force(city.now).find("lasting") != std::string::npos);
  CHECK(city.read([](db::Read& r) { return settings::history_of(r, "criterion", 10); }).size() ==
        2);
}

TEST_CASE("a criterion that does not fit is refused beside its field, and what was typed stays") {
  City city;
  auto admin = city.browser("admin");
  admin.get(std::string(criteria) + "/new")
      .fill("code", "Tiết Kiệm")
      .fill("name_vi", "A")
      .fill("from-day", "1")
      .fill("from-month", "1")
      .fill("from-year", "2020")
      .fill("reason", "x")
      .press("Xem trước");
  CHECK(admin.status() == 422);
  CHECK(admin.body().find("Tiết Kiệm") != std::string::npos);
  CHECK(admin.shows("Mã gồm chữ thường không dấu"));
  admin.get(std::string(criteria) + "/new")
      .fill("code", "lasting")
      .fill("name_vi", "Bền vững lâu dài")
      .fill("source", "Nguồn")
      .fill("reason", "Thêm một lần nữa")
      .press("Xem trước");
  CHECK(admin.status() == 422);
  CHECK(admin.shows("Mã này đã có tiêu chí khác dùng"));
  admin.get(std::string(criteria) + "/none");
  CHECK(admin.status() == 404);
  // Only administrators of the city.
  auto head = city.browser("hoa");
  head.get(std::string(criteria));
  CHECK(head.status() >= 400);
  auto ward = city.browser("omb");
  ward.get(std::string(criteria));
  CHECK(ward.status() >= 400);
}

TEST_CASE("a change that waited holds from the first instant of its day, however late the clock") {
  City city;
  auto admin = city.browser("admin");
  city.add_by_form(admin, "1", "12");
  admin.press("Ghi thay đổi");
  const Instant day = at_local(Day{std::chrono::year(2026) / 12 / 1});
  city.now = day + std::chrono::hours(9);
  const auto registered = city.register_model();
  REQUIRE(registered.ok());
  city.now = day + std::chrono::hours(14);
  CHECK(apply_due_criteria(city.database, city.now) == 1);
  CHECK(city.in_force(registered.value().registered_at).find("tiet-kiem ") != std::string::npos);
  CHECK(city.in_force(day - std::chrono::minutes(1)).find("tiet-kiem ") == std::string::npos);
}

TEST_CASE(
    "what a later release brings counts from its day, also where the city changed it before") {
  City city;
  auto admin = city.browser("admin");
  admin.get(std::string(criteria) + "/lasting")
      .fill("name_vi", "Bền vững, lời của thành phố")
      .fill("reason", "Viết gọn hơn")
      .press("Xem trước")
      .press("Ghi thay đổi");
  const Day later{std::chrono::year(2027) / 1 / 1};
  city.write([&](db::Write& w) {
    w.run(
        "INSERT INTO emulation_criterion (code, from_day, name_vi, name_en, source) "
        "VALUES ('lasting', $1, 'Bền vững, lời của trung ương', '', 'Nguồn mẫu')",
        later);
  });
  const auto name_at = [&](Instant at) {
    std::string name;
    for (const Criterion& each : city.read([&](db::Read& r) { return criteria_at(r, at); }))
      if (each.code == "lasting") name = each.name_vi;
    return name;
  };
  CHECK(name_at(city.now) == "Bền vững, lời của thành phố");
  CHECK(name_at(at_local(later)) == "Bền vững, lời của trung ương");
}

TEST_CASE("the preview shows what waits for the same day as well") {
  City city;
  auto admin = city.browser("admin");
  city.add_by_form(admin, "1", "12");
  admin.press("Ghi thay đổi");
  admin.get(std::string(criteria) + "/lasting")
      .fill("name_vi", "Bền vững ít nhất hai năm")
      .fill("from-day", "1")
      .fill("from-month", "12")
      .fill("from-year", "2026")
      .fill("reason", "Theo hướng dẫn mới")
      .press("Xem trước");
  CHECK(admin.status() == 200);
  CHECK(admin.shows("Bền vững ít nhất hai năm"));
  CHECK(admin.shows("Tiết kiệm được tiền của dân"));
}

TEST_CASE("criteria together stay within what a page of models carries") {
  City city;
  auto admin = city.browser("admin");
  std::string words;
  while (words.size() < 190) words += "Lời ";
  int added = 0, status = 200;
  for (char c = 'a'; c <= 'z' && status == 200; ++c) {
    city.now += std::chrono::minutes(1);
    admin.get(std::string(criteria) + "/new")
        .fill("code", std::string("dai-") + c)
        .fill("name_vi", words)
        .fill("source", words)
        .fill("reason", "Theo hướng dẫn mới")
        .press("Xem trước");
    status = admin.status();
    if (status == 200) admin.press("Ghi thay đổi");
    added += status == 200 ? 1 : 0;
  }
  CHECK(status == 422);
  CHECK(added > 2);
  CHECK(added < 8);
  CHECK(admin.shows("vượt quá 30 mục hoặc 2.000 ký tự"));
}

TEST_CASE("two who change one criterion at once do not overwrite each other unseen") {
  City city;
  auto first = city.browser("admin"), second = city.browser("admin");
  for (test::Browser* each :
       {static_cast<test::Browser*>(&first), static_cast<test::Browser*>(&second)})
    each->get(std::string(criteria) + "/willing");
  first.fill("name_vi", "Dân tự giác làm theo pháp luật").fill("reason", "Viết gọn hơn");
  first.press("Xem trước").press("Ghi thay đổi");
  second.fill("name_vi", "Dân tự nguyện").fill("reason", "Viết gọn hơn nữa");
  second.press("Xem trước").press("Ghi thay đổi");
  CHECK(second.status() == 409);
  CHECK(city.read([&](db::Read& r) { return criterion_value(r, "willing", city.now); })
            .starts_with("Dân tự giác làm theo pháp luật\n"));
}

}  // namespace ln::emulation
