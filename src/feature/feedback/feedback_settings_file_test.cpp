// All settings as one file, out of one city and into another.
#include "feature/feedback/feedback_settings_file.h"

#include <doctest/doctest.h>

#include "core/settings/settings_store.h"
#include "core/settings/settings_store_units.h"
#include "feature/feedback/feedback_store_settings.h"
#include "test/settings_hall.h"

namespace ln::feedback {

using test::SettingsHall;

TEST_CASE("a city's settings come out as a file, into a fresh city, and out again the same") {
  SettingsHall old;
  old.live_a_little();
  const std::string file = old.file();
  CHECK(file == old.file());
  CHECK(file.find("Bên nào?") != std::string::npos);
  CHECK(file.find("Quản Trị") == std::string::npos);  // No account.
  SettingsHall fresh;
  REQUIRE(fresh.file() != file);
  const auto lines = read_settings_file(file);
  REQUIRE(lines.ok());
  const ImportPlan plan = fresh.plan(lines.value());
  CHECK(plan.troubles.empty());
  CHECK(plan.changes.size() == 4);
  REQUIRE(fresh.bring_in(lines.value(), digest_of(plan)).ok());
  CHECK(fresh.file() == file);
  // Each is an entry of the history, and again there is nothing to do.
  CHECK(fresh.read([](db::Read& r) { return settings::history(r, 0, 10).size(); }) == 4);
  CHECK(fresh.plan(lines.value()).changes.empty());
}

TEST_CASE("a file is taken as a whole or not at all, and each line says why") {
  SettingsHall hall;
  const std::string before = hall.file();
  std::vector<SettingLine> lines = read_settings_file(before).value();
  TopicSetting good{.topic = {.code = "good",
                              .about = About::place,
                              .name_vi = "Đèn đường",
                              .name_en = "Lamps",
                              .deadline = {calendar::Measure::working_days, 3}}};
  TopicSetting bad = good;
  bad.topic.unit_code = "P9";
  TopicSetting loop = good, other = good;
  loop.topic.parent_code = "other";
  other.topic.parent_code = "loop";
  settings::UnitSetting ward =
      *hall.read([](db::Read& r) { return settings::unit_setting(r, "P1", Day{}); });
  ward.ends = local_day(hall.now);
  lines = {{2, "topic", "good", value_of(good)},
           {3, "topic", "bad", value_of(bad)},
           {4, "topic", "loop", value_of(loop)},
           {5, "topic", "other", value_of(other)},
           {6, "unit", "P1.1970-01-01", settings::value_of(ward)},
           {7, "site", "theme", R"({"accent":"#000000","ground":"#000000","main":"#ffffff"})"},
           {8, "site", "emblem", settings::emblem_value("")},
           {9, "account", "@admin", R"({"is_open":true,"roles":[]})"},
           {10, "topic", "good2", "{}"}};
  const ImportPlan plan = hall.plan(lines);
  CHECK(plan.changes.size() == 1);
  std::string wrong;
  for (const SettingTrouble& each : plan.troubles) wrong += std::to_string(each.line) + " ";
  // The emblem of the house is what there is: no change.
  CHECK(wrong == "3 4 5 6 7 9 10 ");
  CHECK(hall.bring_in(lines, digest_of(plan)).error().kind == ErrorKind::invalid);
  CHECK(hall.file() == before);
  // What was shown is not what would happen any more.
  lines.resize(1);
  const std::string digest = digest_of(hall.plan(lines));
  REQUIRE(hall.bring_in(lines, digest).ok());
  CHECK(hall.bring_in(lines, digest).error().kind == ErrorKind::conflict);
}

TEST_CASE("only a file as it was written is read, and it says which line is not") {
  SettingsHall hall;
  const std::string file = hall.file();
  const auto line_of = [](const std::string& text) {
    const auto lines = read_settings_file(text);
    return lines.ok() ? std::string("fine") : lines.error().fields.at(0).field;
  };
  CHECK(line_of(file) == "fine");
  std::string other_ends;
  for (const char c : file) other_ends += c == '\n' ? "\r\n" : std::string(1, c);
  CHECK(line_of(other_ends) == "fine");
  CHECK(line_of("") == "line 1");
  CHECK(line_of("{}\n") == "line 1");
  CHECK(line_of(std::string(settings_file_head) + "\n") == "line 1");
  const std::string head = std::string(settings_file_head) + "\n";
  for (const char* wrong :
       {"x", "{}", R"({"list":"topic","code":"a","value":{}})",
        R"({"code":"a", "list":"topic","value":{}})", R"({"code":"a","list":"topic","value":{}} )",
        R"({"code":"a","list":"topic","value":{},"more":1})"})
    CHECK(line_of(head + wrong) == "line 2");
  const std::string twice = R"({"code":"a","list":"topic","value":{}})";
  CHECK(line_of(head + twice + "\n" + twice) == "line 3");
  CHECK(line_of(head + std::string(settings_file_size_max, ' ')) == "line 1");
}

TEST_CASE("an administrator takes the file out and brings it back in the browser") {
  SettingsHall hall;
  auto admin = hall.browser("admin");
  admin.get("/staff/administration/file/settings.jsonl");
  CHECK(admin.status() == 200);
  CHECK(admin.header("Content-Disposition").find("settings.jsonl") != std::string::npos);
  std::string file = admin.body();
  CHECK(file == hall.file());
  admin.get("/staff/administration").follow("Thiết lập thành tệp");
  admin.attach("file", "settings.jsonl", file + "x\n").press("Xem tệp này thay đổi gì");
  CHECK(admin.status() == 422);
  CHECK(admin.shows("Dòng này không đúng mẫu của tệp."));
  const std::string old = R"("city_vi":"")", changed = R"("city_vi":"Thành phố \"Huế\" & Đà Nẵng")";
  REQUIRE(file.find(old) != std::string::npos);
  file.replace(file.find(old), old.size(), changed);
  admin.get("/staff/administration/file").attach("file", "settings.jsonl", file);
  admin.press("Xem tệp này thay đổi gì");
  CHECK(admin.shows("1 mục thay đổi"));
  CHECK(hall.file() != file);
  admin.press("Ghi tất cả thay đổi");
  CHECK(admin.status() == 422);
  admin.fill("reason", "Quyết định 12").press("Ghi tất cả thay đổi");
  CHECK(admin.shows("Đã ghi."));
  CHECK(hall.file() == file);
  CHECK(hall.browser("nobody").get("/").shows("Thành phố \"Huế\" & Đà Nẵng"));
  for (const char* login : {"hoa", "omb"}) {
    CHECK(hall.browser(login).get("/staff/administration/file").status() == 403);
    CHECK(hall.browser(login).get("/staff/administration/file/settings.jsonl").status() == 403);
  }
}

}  // namespace ln::feedback
