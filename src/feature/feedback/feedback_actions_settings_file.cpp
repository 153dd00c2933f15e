#include "feature/feedback/feedback_actions_settings_file.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "core/settings/settings_actions.h"
#include "core/settings/settings_actions_site.h"
#include "core/settings/settings_actions_units.h"
#include "core/settings/settings_store.h"
#include "core/settings/settings_store_units.h"
#include "engine/merkle/merkle_leaf.h"
#include "feature/feedback/feedback_actions_settings.h"
#include "feature/feedback/feedback_store_settings.h"

namespace ln::feedback {
namespace {

// Stands for the real reason while the plan is made.
constexpr const char* planned_reason = "planned";

TextKey first_trouble(const Error& error) {
  return error.fields.empty() ? error.text : error.fields.front().text;
}

settings::UnitChange unit_change(const settings::UnitSetting& setting,
                                 const std::string& before,
                                 const std::string& reason,
                                 Instant now) {
  return {.setting = setting, .seen = before, .from = local_day(now), .reason = reason};
}

settings::SiteChange site_change(const SettingDifference& of,
                                 const std::string& reason,
                                 Instant now) {
  return {.code = of.code,
          .value = of.after,
          .seen = of.before,
          .from = local_day(now),
          .reason = reason};
}

std::string unit_value_now(db::Read& read, const std::string& entry) {
  const auto unit = settings::unit_of_entry(entry);
  const auto setting =
      unit ? settings::unit_setting(read, unit->first, unit->second) : std::nullopt;
  return setting ? settings::value_of(*setting) : std::string();
}

std::string value_now(db::Read& read, const SettingLine& line) {
  if (line.list == topic_list) return topic_value(read, line.code);
  if (line.list == settings::unit_list) return unit_value_now(read, line.code);
  return settings::site_value(read, line.code);
}

// Why this line, which changes something, cannot be taken; none when it can. Topics are judged
// among all, those of the file included.
TextKey trouble_of(db::Read& read,
                   const SettingDifference& of,
                   const std::vector<TopicSetting>& topics,
                   Instant now) {
  if (settings::waiting(read, of.list, of.code)) return "settings.error.waiting"_t;
  Result<Done> fine = Done{};
  if (of.list == topic_list) {
    const auto setting = read_topic_value(of.code, of.after);
    if (!setting.ok()) return first_trouble(setting.error());
    fine = check_topic_among(read,
                             {.setting = setting.value(),
                              .seen = of.before,
                              .from = local_day(now),
                              .reason = planned_reason},
                             topics, now);
  } else if (of.list == settings::unit_list) {
    const auto setting = settings::read_unit_value(of.code, of.after);
    if (!setting.ok()) return first_trouble(setting.error());
    fine = settings::check_unit_change(
        read, unit_change(setting.value(), of.before, planned_reason, now), now);
  } else if (of.list == settings::site_list && of.code != settings::emblem_code) {
    fine = settings::check_site_change(read, site_change(of, planned_reason, now), now);
  } else {
    return "settings.error.file_list"_t;
  }
  return fine.ok() ? TextKey() : first_trouble(fine.error());
}

// The topics as they would be.
std::vector<TopicSetting> topics_with(db::Read& read, const std::vector<SettingLine>& lines) {
  std::vector<TopicSetting> all = every_topic(read);
  for (const SettingLine& line : lines) {
    if (line.list != topic_list) continue;
    const auto setting = read_topic_value(line.code, line.value);
    if (!setting.ok()) continue;
    const auto known = std::ranges::find_if(
        all, [&](const TopicSetting& each) { return each.topic.code == line.code; });
    if (known == all.end())
      all.push_back(setting.value());
    else
      *known = setting.value();
  }
  return all;
}

Result<Done> make_change(db::Write& write,
                         const people::Administrator& administrator,
                         const SettingDifference& of,
                         const std::string& reason,
                         Instant now) {
  if (of.list == topic_list) {
    TRY([[maybe_unused]] const std::int64_t id, settings::change(write, administrator,
                                                                 {.list = of.list,
                                                                  .code = of.code,
                                                                  .before = of.before,
                                                                  .after = of.after,
                                                                  .from = local_day(now),
                                                                  .reason = reason},
                                                                 apply_topic(local_day(now)), now));
  } else if (of.list == settings::unit_list) {
    TRY(const settings::UnitSetting setting, settings::read_unit_value(of.code, of.after));
    TRY([[maybe_unused]] const std::int64_t id,
        settings::change_unit(write, administrator, unit_change(setting, of.before, reason, now),
                              now));
  } else {
    TRY([[maybe_unused]] const settings::SiteNow site,
        settings::change_site(write, administrator, site_change(of, reason, now), now));
  }
  return Done{};
}

}  // namespace

ImportPlan plan_import(db::Read& read, const std::vector<SettingLine>& lines, Instant now) {
  ImportPlan plan;
  const std::vector<TopicSetting> topics = topics_with(read, lines);
  for (const SettingLine& line : lines) {
    SettingDifference difference{line.line, line.list, line.code, value_now(read, line),
                                 line.value};
    if (difference.before == difference.after) {
      ++plan.same_count;
      continue;
    }
    const TextKey trouble = trouble_of(read, difference, topics, now);
    if (trouble.is_none())
      plan.changes.push_back(std::move(difference));
    else
      plan.troubles.push_back({line.line, line.list, line.code, trouble});
  }
  return plan;
}

std::string digest_of(const ImportPlan& plan) {
  std::string all;
  for (const SettingDifference& each : plan.changes)
    for (const std::string* part : {&each.list, &each.code, &each.before, &each.after})
      all += *part + '\n';
  return to_hex(merkle::sha256(as_bytes(all)));
}

Result<std::int64_t> import_settings(db::Write& write,
                                     const people::Administrator& administrator,
                                     const std::vector<SettingLine>& lines,
                                     const std::string& digest,
                                     const std::string& reason,
                                     Instant now) {
  if (!settings::may_change(administrator))
    return Error{ErrorKind::forbidden, "settings.error.city_only"_t};
  const ImportPlan plan = plan_import(write, lines, now);
  if (digest_of(plan) != digest) return Error{ErrorKind::conflict, "settings.error.file_since"_t};
  if (!plan.troubles.empty() || plan.changes.empty())
    return Error{ErrorKind::invalid, "settings.error.file_troubles"_t};
  FieldErrors errors;
  settings::check({.after = "import", .from = local_day(now), .reason = reason}, now, errors);
  if (!errors.empty()) return errors.take();
  std::int64_t count = 0;
  for (const SettingDifference& each : plan.changes) {
    const auto made = make_change(write, administrator, each, reason, now);
    // The plan has asked everything that can be refused but whether the log takes lines, which is
    // the same for all; after the first change there is no way back but to throw.
    if (!made.ok() && count == 0) return made.error();
    if (!made.ok()) throw db::Failure("an import of settings was refused half-way");
    ++count;
  }
  return count;
}

}  // namespace ln::feedback
