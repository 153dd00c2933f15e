// How the city works, as lines of its file: days, hours, rules, other systems and ready texts.
#include <doctest/doctest.h>

#include "core/ledger/ledger_stop.h"
#include "core/settings/settings_store.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions_template.h"
#include "feature/feedback/feedback_store_routing.h"
#include "test/settings_hall.h"

namespace ln::feedback {
namespace {

using test::SettingsHall;

// The lines of one list.
std::vector<SettingLine> only(const std::vector<SettingLine>& lines, std::string_view list) {
  std::vector<SettingLine> some;
  for (const SettingLine& each : lines)
    if (each.list == list) some.push_back(each);
  return some;
}

std::string troubles_of(const ImportPlan& plan) {
  std::string all;
  for (const SettingTrouble& each : plan.troubles)
    all += each.list + " " + each.code + " " + std::string(each.what.name()) + "\n";
  return all;
}

}  // namespace

TEST_CASE("how a city works travels in its file: days, hours, rules, sources and texts") {
  SettingsHall old;
  old.live_a_little();
  old.work_a_little();
  const std::string file = old.file();
  for (const char* part :
       {R"({"code":"2026-12-28","list":"day","value":{"kind":"swap_off",)",
        R"({"code":"P1","list":"hours","value":"07:30-11:30 13:30-17:00; 08:00-11:30"})",
        R"({"code":"001","list":"rule","value":{"about":"","is_on":false,"name":"Đèn",)",
        R"({"code":"002","list":"rule","value":{"about":"","is_on":true,"name":"Đường",)",
        R"({"code":"mot-cua","list":"source",)", R"({"code":"P1/001","list":"template",)",
        R"({"code":"P1/002","list":"template","value":{"name":"Cảm ơn",)"})
    CHECK_MESSAGE(file.find(part) != std::string::npos, part);
  SettingsHall fresh;
  const auto lines = read_settings_file(file);
  REQUIRE(lines.ok());
  const ImportPlan plan = fresh.plan(lines.value());
  CHECK(troubles_of(plan) == "");
  CHECK(plan.changes.size() == 11);
  REQUIRE(fresh.bring_in(lines.value(), digest_of(plan)).ok());
  CHECK(fresh.file() == file);
  CHECK(fresh.plan(lines.value()).changes.empty());
  // Each stands in the history with the reason of the file; the day in the calendar with its own.
  const auto history = fresh.read([](db::Read& r) { return settings::history(r, 0, 20); });
  CHECK(history.size() == 10);
  for (const settings::Change& each : history) CHECK(each.reason == "Quyết định 12");
}

TEST_CASE("an entry of a file replaces the one in its place, and no place is left out") {
  SettingsHall hall;
  hall.live_a_little();
  hall.work_a_little();
  const std::vector<SettingLine> all = read_settings_file(hall.file()).value();
  std::vector<SettingLine> rules = only(all, "rule");
  REQUIRE(rules.size() == 2);
  const auto as_place = [&](const char* code, int place) {
    SettingLine line = rules[0];
    line.code = code;
    const std::size_t at = line.value.find(R"("position":1)");
    line.value.replace(at, 12, "\"position\":" + std::to_string(place));
    return line;
  };
  CHECK(troubles_of(hall.plan({as_place("003", 3)})) == "");
  CHECK(troubles_of(hall.plan({as_place("004", 4)})) == "rule 004 settings.error.file_gap\n");
  CHECK(troubles_of(hall.plan({as_place("004", 4), as_place("003", 3)})) == "");
  CHECK(troubles_of(hall.plan({as_place("3", 3)})) == "rule 3 settings.error.value\n");
  CHECK(troubles_of(hall.plan({as_place("003", 2)})) == "rule 003 settings.error.value\n");
  // The first becomes what the second is; the second stays, and so does its switch.
  const std::vector<SettingLine> two = {as_place("002", 2)};
  REQUIRE(hall.bring_in(two, digest_of(hall.plan(two))).ok());
  const auto after = hall.read([](db::Read& r) { return all_rules(r); });
  REQUIRE(after.size() == 2);
  CHECK(after[1].name == "Đèn");
  CHECK_FALSE(after[1].is_on);
  for (const auto& [code, wrong] :
       {std::pair("P1/004", "settings.error.file_gap"), std::pair("P1/3", "settings.error.value"),
        std::pair("P9/001", "feedback.error.unit_unknown")}) {
    const SettingLine line{2, "template", code, R"({"name":"Hẹn","text":"Kính gửi {code}."})"};
    CHECK(troubles_of(hall.plan({line})) == "template " + std::string(code) + " " + wrong + "\n");
  }
  for (const auto& [list, code, value] :
       {std::tuple("template", "P1/003", R"({"name":"Hẹn","text":"{who}"})"),
        std::tuple("hours", "P1", R"("17:00-07:30")"),
        std::tuple("hours", "P9", R"("08:00-12:00")"),
        std::tuple("day", "2026-12-28",
                   R"({"kind":"plain","name_en":"","name_vi":"","source":""})"),
        std::tuple("day", "2026-13-28",
                   R"({"kind":"holiday","name_en":"","name_vi":"Lễ","source":"Công văn 1"})"),
        std::tuple("source", "mot-cua", "{}")})
    CHECK_MESSAGE(hall.plan({{2, list, code, value}}).troubles.size() == 1, value);
}

TEST_CASE("a day that the city made and took out again says nothing in its file") {
  SettingsHall hall;
  hall.swap_a_day();
  CHECK(only(read_settings_file(hall.file()).value(), "day").size() == 1);
  const std::vector<SettingLine> out = {
      {2, "day", "2026-12-28",
       R"({"kind":"plain","name_en":"","name_vi":"","source":"Rút lại công văn 12"})"}};
  REQUIRE(hall.bring_in(out, digest_of(hall.plan(out))).ok());
  CHECK(only(read_settings_file(hall.file()).value(), "day").empty());
  // A holiday of the law that was taken out does.
  const std::vector<SettingLine> law = {
      {2, "day", "2027-01-01",
       R"({"kind":"plain","name_en":"","name_vi":"","source":"Thử rút ngày lễ"})"}};
  REQUIRE(hall.bring_in(law, digest_of(hall.plan(law))).ok());
  CHECK(only(read_settings_file(hall.file()).value(), "day").size() == 1);
}

TEST_CASE("ready texts and rules are not written while the log takes no lines") {
  SettingsHall hall;
  hall.live_a_little();
  hall.work_a_little();
  const std::string before = hall.file();
  std::vector<SettingLine> lines = read_settings_file(before).value();
  for (SettingLine& each : lines)
    if (each.code == "P1/001") each.value = R"({"name":"Khác","text":"Kính gửi {code}."})";
  const ImportPlan plan = hall.plan(lines);
  REQUIRE(plan.changes.size() == 1);
  ledger::stop_writing("planted");
  const auto refused = hall.bring_in(lines, digest_of(plan));
  const auto text = hall.read([](db::Read& r) {
    return templates_of(r, units::find_on(r, "P1", local_day(test::monday))->id).at(0);
  });
  const auto added = hall.write([&](db::Write& w) { return add_template(w, text, "thử"); });
  ledger::resume_writing();
  CHECK(refused.error().kind == ErrorKind::unavailable);
  CHECK(added.error().kind == ErrorKind::unavailable);
  CHECK(hall.file() == before);
}

}  // namespace ln::feedback
