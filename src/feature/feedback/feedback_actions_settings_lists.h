// The lists of settings that travel in a file, each as the file needs it: what stands in it, the
// value an entry has now, whether another can be taken, and how it is taken.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/people/people.h"
#include "feature/feedback/feedback_actions_settings.h"
#include "feature/feedback/feedback_settings_file.h"
#include "platform/db/db.h"

namespace ln::feedback {

// What all lines of a file are judged by, so that one may lean on another.
struct ImportContext {
  const std::vector<SettingLine>& lines;
  Brought brought{};
  Instant now{};
};

// Why an entry is changed, by whom and when.
struct ImportBy {
  const people::Administrator& administrator;
  const std::string& reason;
  Instant now{};
};

using EntrySink = std::function<void(std::string code, std::string value)>;

struct SettingList {
  std::string_view name;
  // Every entry, in any order.
  void (*entries)(db::Read& read, Day today, const EntrySink& sink);
  // Empty when there is none of this code.
  std::string (*value_now)(db::Read& read, const std::string& code, Instant now);
  // Why the change cannot be taken; none when it can.
  TextKey (*trouble)(db::Read& read, const SettingDifference& of, const ImportContext& context);
  // Makes the change: a line of the public log and a row of the history. Refuses what its room
  // refuses.
  Result<Done> (*make)(db::Write& write, const SettingDifference& of, const ImportBy& by);
};

// In the order in which they are brought in: what another list names comes first. Null when a file
// has no such list.
std::span<const SettingList> setting_lists();
const SettingList* find_setting_list(std::string_view name);

// The first sentence of a refusal.
TextKey first_trouble(const Error& error);

// Places in an order: "001" is the first. Of rules, and behind its unit's code and '/' of the texts
// of an office.
std::string code_of_place(std::size_t place);
// Null for everything code_of_place does not write.
std::optional<std::size_t> place_of_code(std::string_view code);
// Whether what is named `code` would follow without a gap on the `count` that are there, the other
// lines of `list` that begin with the same `prefix` included.
bool follows(const ImportContext& context,
             std::string_view list,
             std::string_view prefix,
             std::size_t count,
             std::size_t place);

// What feedback_actions_settings_work.cpp has of them.
extern const SettingList day_setting_list, hours_setting_list, rule_setting_list,
    source_setting_list, template_setting_list;

}  // namespace ln::feedback
