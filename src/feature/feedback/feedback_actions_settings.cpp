#include "feature/feedback/feedback_actions_settings.h"

#include "core/settings/settings_actions.h"
#include "core/settings/settings_actions_people.h"
#include "core/settings/settings_actions_site.h"
#include "core/settings/settings_actions_units.h"
#include "core/settings/settings_store.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions_foreign.h"
#include "feature/feedback/feedback_actions_hours.h"
#include "feature/feedback/feedback_store_settings.h"

namespace ln::feedback {
namespace {

constexpr int tree_depth_max = 8;

std::optional<TopicSetting> topic_with(const std::vector<TopicSetting>& all,
                                       std::string_view code) {
  for (const TopicSetting& each : all)
    if (each.topic.code == code) return each;
  return std::nullopt;
}

// Every value was made by value_of.
TopicSetting setting_from(std::string_view code, std::string_view value) {
  auto setting = read_topic_value(code, value);
  if (!setting.ok()) throw db::Failure("a change of a topic cannot be read");
  return std::move(setting).value();
}

bool stands_below(const std::vector<TopicSetting>& all,
                  std::string_view code,
                  std::string_view parent) {
  std::string at(parent);
  for (int depth = 0; !at.empty(); ++depth) {
    if (at == code || depth == tree_depth_max) return true;
    const auto topic = topic_with(all, at);
    at = topic ? topic->topic.parent_code : std::string();
  }
  return false;
}

settings::Wish wish_of(db::Read& read, const TopicChange& change) {
  return {.list = std::string(topic_list),
          .code = change.setting.topic.code,
          .before = topic_value(read, change.setting.topic.code),
          .after = value_of(change.setting),
          .from = change.from,
          .reason = change.reason};
}

}  // namespace

settings::Apply apply_topic(Day today) {
  return [today](db::Write& write, const std::string& code, const std::string& value) {
    save_topic(write, setting_from(code, value), today);
  };
}

std::optional<TopicSetting> find_topic_setting(db::Read& read, std::string_view code) {
  auto setting = topic_with(every_topic(read), code);
  if (setting) setting->questions = topic_questions(read, code);
  return setting;
}

std::string topic_value(db::Read& read, std::string_view code) {
  const auto setting = find_topic_setting(read, code);
  return setting ? value_of(*setting) : std::string();
}

Result<Done> check_topic_change(db::Read& read, const TopicChange& change, Instant now) {
  return check_topic_among(read, change, {.topics = every_topic(read)}, now);
}

bool knows_topic(db::Read& read, const Brought& brought, const std::string& code) {
  return topic_with(brought.topics, code) || find_topic(read, code);
}

bool knows_unit(db::Read& read, const Brought& brought, const std::string& code, Instant now) {
  return brought.units.contains(code) || units::find_on(read, code, local_day(now));
}

Result<Done> check_topic_among(db::Read& read,
                               const TopicChange& change,
                               const Brought& brought,
                               Instant now) {
  const Topic& topic = change.setting.topic;
  FieldErrors errors;
  check_topic(change.setting, errors);
  const auto old = find_topic_setting(read, topic.code);
  if (change.seen.empty() && old) errors.add("code", "settings.error.code_twice"_t);
  if (old && old->topic.about != topic.about) errors.add("about", "settings.error.about"_t);
  if (!topic.parent_code.empty()) {
    const auto parent = topic_with(brought.topics, topic.parent_code);
    if (!parent || parent->topic.about != topic.about ||
        stands_below(brought.topics, topic.code, topic.parent_code))
      errors.add("parent", "settings.error.parent"_t);
  }
  if (!topic.unit_code.empty() && !knows_unit(read, brought, topic.unit_code, now))
    errors.add("unit", "settings.error.unit"_t);
  settings::check(wish_of(read, change), now, errors);
  if (!errors.empty()) return errors.take();
  if (value_of(change.setting).size() > settings::value_size_max)
    return Error{ErrorKind::too_large, "settings.error.value"_t};
  return Done{};
}

Result<std::int64_t> change_topic(db::Write& write,
                                  const people::Administrator& administrator,
                                  const TopicChange& change,
                                  Instant now) {
  if (!settings::may_change(administrator))
    return Error{ErrorKind::forbidden, "settings.error.city_only"_t};
  if (!change.seen.empty() && topic_value(write, change.setting.topic.code) != change.seen)
    return Error{ErrorKind::conflict, "settings.error.changed_meanwhile"_t};
  TRY([[maybe_unused]] const Done fine, check_topic_change(write, change, now));
  return settings::change(write, administrator, wish_of(write, change), apply_topic(local_day(now)),
                          now);
}

Result<Done> undo_change(db::Write& write,
                         const people::Administrator& administrator,
                         std::int64_t id,
                         Instant now) {
  const auto change = settings::find(write, id);
  if (change && change->list == hours_list) return undo_hours(write, administrator, *change, now);
  if (change && change->list == source_list) return undo_source(write, administrator, *change, now);
  if (change && change->list == settings::account_list)
    return settings::undo_staff(write, administrator, *change, now);
  if (change && change->list == settings::site_list)
    return settings::undo_site(write, administrator, *change, now);
  if (change && change->list == settings::unit_list)
    return settings::undo_unit(write, administrator, *change, now);
  if (!change || change->list != topic_list)
    return Error{ErrorKind::not_found, "settings.error.no_change"_t};
  std::string value = change->before;
  if (value.empty()) {
    TopicSetting off = setting_from(change->code, change->after);
    off.is_offered = false;
    value = value_of(off);
  }
  return settings::undo(write, administrator, *change, value, apply_topic(local_day(now)), now);
}

std::int64_t apply_due_settings(db::Database& database, Instant now) {
  return settings::apply_due(
      database, std::string(topic_list),
      [](db::Read& read, const std::string& code) { return topic_value(read, code); },
      apply_topic(local_day(now)), now);
}

}  // namespace ln::feedback
