#include "feature/feedback/feedback_actions_settings_lists.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "core/settings/settings_actions_site.h"
#include "core/settings/settings_actions_units.h"
#include "core/settings/settings_store_site.h"
#include "core/settings/settings_store_units.h"
#include "core/units/units_store_reorganise.h"
#include "feature/feedback/feedback_store_settings.h"

namespace ln::feedback {
namespace {

// Stands for the real reason while the plan is made.
constexpr const char* planned_reason = "planned";

TextKey trouble_in(const Result<Done>& fine) {
  return fine.ok() ? TextKey() : first_trouble(fine.error());
}

// --- topics -------------------------------------------------------------------------------------

void topic_entries(db::Read& read, Day, const EntrySink& sink) {
  for (const TopicSetting& each : every_topic(read)) {
    TopicSetting setting = each;
    setting.questions = topic_questions(read, each.topic.code);
    sink(each.topic.code, value_of(setting));
  }
}

std::string topic_now(db::Read& read, const std::string& code, Instant) {
  return topic_value(read, code);
}

TextKey topic_trouble(db::Read& read, const SettingDifference& of, const ImportContext& context) {
  const auto setting = read_topic_value(of.code, of.after);
  if (!setting.ok()) return first_trouble(setting.error());
  return trouble_in(check_topic_among(read,
                                      {.setting = setting.value(),
                                       .seen = of.before,
                                       .from = local_day(context.now),
                                       .reason = planned_reason},
                                      context.brought, context.now));
}

// A parent may stand further down in the file, so the topic is judged by the plan alone.
Result<Done> make_topic(db::Write& write, const SettingDifference& of, const ImportBy& by) {
  const Day today = local_day(by.now);
  TRY([[maybe_unused]] const std::int64_t id, settings::change(write, by.administrator,
                                                               {.list = of.list,
                                                                .code = of.code,
                                                                .before = of.before,
                                                                .after = of.after,
                                                                .from = today,
                                                                .reason = by.reason},
                                                               apply_topic(today), by.now));
  return Done{};
}

// --- units --------------------------------------------------------------------------------------

settings::UnitChange unit_change(const settings::UnitSetting& setting,
                                 const std::string& before,
                                 const std::string& reason,
                                 Instant now) {
  return {.setting = setting, .seen = before, .from = local_day(now), .reason = reason};
}

void unit_entries(db::Read& read, Day today, const EntrySink& sink) {
  for (const units::Unit& each : units::all_on(read, today))
    if (const auto setting = settings::unit_setting(read, each.code, each.valid_from))
      sink(settings::entry_of(each.code, each.valid_from), settings::value_of(*setting));
}

std::string unit_now(db::Read& read, const std::string& code, Instant) {
  const auto unit = settings::unit_of_entry(code);
  const auto setting =
      unit ? settings::unit_setting(read, unit->first, unit->second) : std::nullopt;
  return setting ? settings::value_of(*setting) : std::string();
}

TextKey unit_trouble(db::Read& read, const SettingDifference& of, const ImportContext& context) {
  const auto setting = settings::read_unit_value(of.code, of.after);
  if (!setting.ok()) return first_trouble(setting.error());
  return trouble_in(settings::check_unit_change(
      read, unit_change(setting.value(), of.before, planned_reason, context.now), context.now));
}

Result<Done> make_unit(db::Write& write, const SettingDifference& of, const ImportBy& by) {
  TRY(const settings::UnitSetting setting, settings::read_unit_value(of.code, of.after));
  TRY([[maybe_unused]] const std::int64_t id,
      settings::change_unit(write, by.administrator,
                            unit_change(setting, of.before, by.reason, by.now), by.now));
  return Done{};
}

// --- the site -----------------------------------------------------------------------------------

settings::SiteChange site_change(const SettingDifference& of,
                                 const std::string& reason,
                                 Instant now) {
  return {.code = of.code,
          .value = of.after,
          .seen = of.before,
          .from = local_day(now),
          .reason = reason};
}

void site_entries(db::Read& read, Day, const EntrySink& sink) {
  for (const std::string_view code : {settings::texts_code, settings::theme_code})
    sink(std::string(code), settings::site_value(read, code));
}

std::string site_now(db::Read& read, const std::string& code, Instant) {
  return settings::site_value(read, code);
}

TextKey site_trouble(db::Read& read, const SettingDifference& of, const ImportContext& context) {
  if (of.code == settings::emblem_code) return "settings.error.file_list"_t;
  return trouble_in(
      settings::check_site_change(read, site_change(of, planned_reason, context.now), context.now));
}

Result<Done> make_site(db::Write& write, const SettingDifference& of, const ImportBy& by) {
  TRY([[maybe_unused]] const settings::SiteNow site,
      settings::change_site(write, by.administrator, site_change(of, by.reason, by.now), by.now));
  return Done{};
}

}  // namespace

TextKey first_trouble(const Error& error) {
  return error.fields.empty() ? error.text : error.fields.front().text;
}

std::span<const SettingList> setting_lists() {
  static const std::array all = {
      SettingList{settings::unit_list, unit_entries, unit_now, unit_trouble, make_unit},
      SettingList{topic_list, topic_entries, topic_now, topic_trouble, make_topic},
      SettingList{settings::site_list, site_entries, site_now, site_trouble, make_site},
      day_setting_list,
      hours_setting_list,
      rule_setting_list,
      source_setting_list,
      template_setting_list};
  return all;
}

const SettingList* find_setting_list(std::string_view name) {
  const auto lists = setting_lists();
  const auto found = std::ranges::find(lists, name, &SettingList::name);
  return found == lists.end() ? nullptr : &*found;
}

std::string code_of_place(std::size_t place) {
  const std::string digits = std::to_string(place);
  return std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
}

std::optional<std::size_t> place_of_code(std::string_view code) {
  std::string_view digits = code;
  while (digits.starts_with('0')) digits.remove_prefix(1);
  const auto number = parse_number(digits);
  if (!number || *number < 1) return std::nullopt;
  const auto place = static_cast<std::size_t>(*number);
  return code_of_place(place) == code ? std::optional(place) : std::nullopt;
}

bool follows(const ImportContext& context,
             std::string_view list,
             std::string_view prefix,
             std::size_t count,
             std::size_t place) {
  std::size_t before = 0;  // of the file, between those that are there and this one
  for (const SettingLine& line : context.lines) {
    if (line.list != list || !line.code.starts_with(prefix)) continue;
    const auto other = place_of_code(std::string_view(line.code).substr(prefix.size()));
    if (other && *other > count && *other < place) ++before;
  }
  return place <= count + before + 1;
}

}  // namespace ln::feedback
