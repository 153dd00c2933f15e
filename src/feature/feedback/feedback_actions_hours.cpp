#include "feature/feedback/feedback_actions_hours.h"

#include "base/text.h"
#include "core/settings/settings_actions.h"
#include "core/units/units_store.h"
#include "core/workdays/workdays_hours.h"
#include "engine/calendar/calendar_hours.h"

namespace ln::feedback {
namespace {

// Written always the same way, so that one setting has one text.
std::string line_of(const HoursChange& change) {
  const std::string typed =
      change.weekday + (change.saturday.empty() ? std::string() : ";" + change.saturday);
  const auto hours = calendar::read_hours(typed);
  return hours ? calendar::to_text(*hours) : std::string();
}

std::string hours_now(db::Read& read, const std::string& code, Instant now) {
  const auto unit = units::find_on(read, code, local_day(now));
  if (!unit) return {};
  const auto all = workdays::all_hours(read);
  const auto found = all.find(unit->id);
  return found == all.end() ? std::string() : found->second;
}

// A unit that ended meanwhile has no hours to set.
settings::Apply apply_hours(Instant now) {
  return [now](db::Write& write, const std::string& code, const std::string& value) {
    if (const auto unit = units::find_on(write, code, local_day(now)))
      workdays::save_hours(write, unit->id, value);
  };
}

settings::Wish wish_of(db::Read& read, const HoursChange& change, Instant now) {
  return {.list = std::string(hours_list),
          .code = change.unit,
          .before = hours_now(read, change.unit, now),
          .after = line_of(change),
          .from = change.from,
          .reason = change.reason};
}

}  // namespace

Result<Done> check_hours(db::Read& read, const HoursChange& change, Instant now) {
  return check_hours_among(read, change, {}, now);
}

Result<Done> check_hours_among(db::Read& read,
                               const HoursChange& change,
                               const Brought& brought,
                               Instant now) {
  FieldErrors errors;
  if (!knows_unit(read, brought, change.unit, now))
    errors.add("unit", "feedback.error.unit_unknown"_t);
  if (!calendar::read_hours(change.weekday)) {
    errors.add("weekday", "settings.error.hours"_t);
  } else if (line_of(change).empty()) {
    errors.add("saturday", "settings.error.hours_saturday"_t);
  }
  settings::check(wish_of(read, change, now), now, errors);
  if (!errors.empty()) return errors.take();
  return Done{};
}

Result<std::int64_t> change_hours(db::Write& write,
                                  const people::Administrator& administrator,
                                  const HoursChange& change,
                                  Instant now) {
  if (!settings::may_change(administrator))
    return Error{ErrorKind::forbidden, "settings.error.city_only"_t};
  TRY([[maybe_unused]] const Done fine, check_hours(write, change, now));
  return settings::change(write, administrator, wish_of(write, change, now), apply_hours(now), now);
}

Result<Done> undo_hours(db::Write& write,
                        const people::Administrator& administrator,
                        const settings::Change& change,
                        Instant now) {
  const std::string value =
      change.before.empty() ? calendar::to_text(calendar::OfficeHours{}) : change.before;
  return settings::undo(write, administrator, change, value, apply_hours(now), now);
}

std::int64_t apply_due_hours(db::Database& database, Instant now) {
  return settings::apply_due(
      database, std::string(hours_list),
      [now](db::Read& read, const std::string& code) { return hours_now(read, code, now); },
      apply_hours(now), now);
}

}  // namespace ln::feedback
