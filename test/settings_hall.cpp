#include "test/settings_hall.h"

#include <doctest/doctest.h>

#include "core/settings/settings_actions_site.h"
#include "core/settings/settings_actions_units.h"
#include "core/settings/settings_store_units.h"
#include "core/units/units_store.h"
#include "core/workdays/workdays_actions.h"
#include "core/workdays/workdays_store.h"
#include "feature/feedback/feedback_actions_foreign.h"
#include "feature/feedback/feedback_actions_hours.h"
#include "feature/feedback/feedback_actions_routing.h"
#include "feature/feedback/feedback_actions_settings.h"
#include "feature/feedback/feedback_actions_template.h"

namespace ln::test {

using namespace feedback;  // NOLINT: what is set here is all of that room.

void SettingsHall::live_a_little() {
  const auto by = who("admin");
  const Day today = local_day(now);
  write([&](db::Write& w) {
    TopicSetting parent{.topic = {.code = "zz-parent",
                                  .about = About::place,
                                  .name_vi = "Đường sá",
                                  .name_en = "Roads",
                                  .deadline = {calendar::Measure::working_days, 3}}};
    TopicSetting child = parent;
    child.topic.code = "aa-child";
    child.topic.parent_code = "zz-parent";
    child.questions = {{.topic_code = "aa-child",
                        .code = "side",
                        .text_vi = "Bên nào?",
                        .text_en = "Which side?"}};
    for (const TopicSetting& each : {parent, child})
      REQUIRE(change_topic(w, by,
                           {.setting = each, .seen = {}, .from = today, .reason = "Quyết định 1"},
                           now)
                  .ok());
    auto ward = *settings::unit_setting(w, "P1", Day{});
    const std::string seen = settings::value_of(ward);
    ward.contact.phone = "024 3825";
    REQUIRE(
        settings::change_unit(
            w, by, {.setting = ward, .seen = seen, .from = today, .reason = "Quyết định 2"}, now)
            .ok());
    REQUIRE(settings::change_site(
                w, by,
                {.code = std::string(settings::texts_code),
                 .value = settings::value_of(settings::SiteTexts{.city_vi = "Thành phố Huế"}),
                 .seen = settings::site_value(w, settings::texts_code),
                 .from = today,
                 .reason = "Quyết định 3"},
                now)
                .ok());
  });
}

void SettingsHall::swap_a_day() {
  const auto by = who("admin");
  write([&](db::Write& w) {
    const auto edits = workdays::read_day({.day = "28",
                                           .month = "12",
                                           .year = "2026",
                                           .kind = "swap_off",
                                           .name_vi = "Nghỉ hoán đổi",
                                           .name_en = "Swapped",
                                           .source = "Công văn 12/2026"},
                                          *workdays::load(w));
    REQUIRE(edits.ok());
    REQUIRE(workdays::change(w, by, edits.value(), workdays::load(w)->revision(), now).ok());
  });
}

void SettingsHall::work_a_little() {
  swap_a_day();
  const auto by = who("admin");
  const Day today = local_day(now);
  write([&](db::Write& w) {
    REQUIRE(change_hours(w, by,
                         {.unit = "P1",
                          .weekday = "07:30-11:30 13:30-17:00",
                          .saturday = "08:00-11:30",
                          .from = today,
                          .reason = "Quyết định 4"},
                         now)
                .ok());
    Rule gone{.name = "Bỏ", .words = "bỏ", .to_unit = "P1", .changed_at = now};
    Rule lamps{.name = "Đèn", .words = "đèn", .to_unit = "P1", .changed_at = now};
    Rule roads{.name = "Đường", .words = "ổ gà", .to_topic = "aa-child", .changed_at = now};
    const auto first = make_rule(w, by, gone, now);
    REQUIRE(make_rule(w, by, lamps, now).ok());
    const auto third = make_rule(w, by, roads, now);
    REQUIRE(change_rule(w, by, third.value(), RuleAct::on, now).ok());
    REQUIRE(change_rule(w, by, first.value(), RuleAct::remove, now).ok());
    Source source{.code = "mot-cua", .name = "Một cửa", .topics = {{"Đường", "aa-child"}}};
    for (const ForeignColumn each :
         {ForeignColumn::code, ForeignColumn::received, ForeignColumn::body})
      source.columns[static_cast<std::size_t>(each)] = std::string(to_text(each));
    REQUIRE(
        change_source(w, by, {.source = source, .seen = {}, .reason = "Quyết định 5"}, now).ok());
    const auto ward = units::find_on(w, "P1", today);
    for (const char* name : {"Chào", "Cảm ơn"})
      REQUIRE(add_template(w,
                           {.unit = ward->id,
                            .name = name,
                            .text = "Kính gửi ông/bà, phiếu {code}.",
                            .changed_at = now,
                            .changed_by = by.id().value},
                           name)
                  .ok());
  });
}

}  // namespace ln::test
