#include "feature/feedback/feedback_actions_settings_file.h"

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "core/settings/settings_actions.h"
#include "core/settings/settings_store.h"
#include "core/settings/settings_store_units.h"
#include "core/settings/settings_units.h"
#include "engine/merkle/merkle_leaf.h"
#include "feature/feedback/feedback_actions_settings_lists.h"
#include "feature/feedback/feedback_store_settings.h"
#include "feature/feedback/feedback_store_settings_file.h"

namespace ln::feedback {
namespace {

// The topics as they would be, and the units of the file that stand today.
Brought brought_by(db::Read& read, const std::vector<SettingLine>& lines, Day today) {
  Brought brought{.topics = every_topic(read)};
  for (const SettingLine& line : lines) {
    if (line.list == settings::unit_list) {
      const auto unit = settings::read_unit_value(line.code, line.value);
      if (unit.ok() && unit.value().opens <= today &&
          (!unit.value().ends || *unit.value().ends >= today))
        brought.units.insert(unit.value().code);
      continue;
    }
    if (line.list != topic_list) continue;
    const auto setting = read_topic_value(line.code, line.value);
    if (!setting.ok()) continue;
    const auto known = std::ranges::find_if(
        brought.topics, [&](const TopicSetting& each) { return each.topic.code == line.code; });
    if (known == brought.topics.end())
      brought.topics.push_back(setting.value());
    else
      *known = setting.value();
  }
  return brought;
}

// Of two changes the one whose list others lean on comes first, then that of the lower code.
auto turn_of(const SettingDifference& of) {
  const SettingList* list = find_setting_list(of.list);
  return std::tuple(list - setting_lists().data(), std::string_view(of.code));
}

}  // namespace

std::string settings_file(db::Read& read, Day today) {
  std::vector<SettingLine> all;
  for (const SettingList& list : setting_lists())
    list.entries(read, today, [&](std::string code, std::string value) {
      all.push_back({0, std::string(list.name), std::move(code), std::move(value)});
    });
  std::ranges::sort(all, {},
                    [](const SettingLine& line) { return std::tie(line.list, line.code); });
  std::string file(settings_file_head);
  file += '\n';
  for (const SettingLine& each : all) file += line_of_setting(each) + "\n";
  return file;
}

ImportPlan plan_import(db::Read& read, const std::vector<SettingLine>& lines, Instant now) {
  ImportPlan plan;
  const ImportContext context{lines, brought_by(read, lines, local_day(now)), now};
  for (const SettingLine& line : lines) {
    const SettingList* list = find_setting_list(line.list);
    if (list == nullptr) {
      plan.troubles.push_back({line.line, line.list, line.code, "settings.error.file_list"_t});
      continue;
    }
    SettingDifference difference{line.line, line.list, line.code,
                                 list->value_now(read, line.code, now), line.value};
    if (difference.before == difference.after) {
      ++plan.same_count;
      continue;
    }
    const TextKey trouble = settings::waiting(read, line.list, line.code)
                                ? "settings.error.waiting"_t
                                : list->trouble(read, difference, context);
    if (trouble.is_none())
      plan.changes.push_back(std::move(difference));
    else
      plan.troubles.push_back({line.line, line.list, line.code, trouble});
  }
  std::ranges::stable_sort(plan.changes, {}, turn_of);
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
    const auto made = find_setting_list(each.list)->make(write, each, {administrator, reason, now});
    // The plan has asked everything that can be refused but whether the log takes lines, which is
    // the same for all; after the first change there is no way back but to throw.
    if (!made.ok() && count == 0) return made.error();
    if (!made.ok()) throw db::Failure("an import of settings was refused half-way");
    ++count;
  }
  return count;
}

}  // namespace ln::feedback
