#include "core/settings/settings_actions_units.h"

#include <algorithm>

#include "base/text.h"
#include "core/settings/settings_actions.h"
#include "core/settings/settings_store_units.h"
#include "core/units/units_store.h"

namespace ln::settings {
namespace {

std::string unit_value(db::Read& read, const std::string& entry) {
  const auto unit = unit_of_entry(entry);
  const auto setting = unit ? unit_setting(read, unit->first, unit->second) : std::nullopt;
  return setting ? value_of(*setting) : std::string();
}

void open_office(db::Write& write, const UnitSetting& wanted) {
  const auto parent = units::find_on(write, wanted.parent_code, wanted.opens);
  if (!parent) throw db::Failure("a change of a unit names no unit above");
  const units::Unit made = units::insert(write, {.code = wanted.code,
                                                 .valid_from = wanted.opens,
                                                 .valid_to = wanted.ends,
                                                 .name = wanted.name,
                                                 .name_en = wanted.name_en,
                                                 .kind = wanted.kind,
                                                 .type = wanted.type,
                                                 .parent = &*parent});
  units::save(write, made.id, wanted.contact);
}

// A unit that is gone when the day of a correction comes (its reorganisation was withdrawn) is left
// alone.
void put_unit(db::Write& write, const std::string& entry, const std::string& value, bool is_new) {
  const auto wanted = read_unit_value(entry, value);
  if (!wanted.ok()) throw db::Failure("a change of a unit cannot be read");
  const UnitSetting& setting = wanted.value();
  const auto unit = units::find(write, setting.code, setting.opens);
  if (!unit && is_new) return open_office(write, setting);
  if (!unit) return;
  units::rename(write, *unit, setting.name, setting.name_en);
  if (is_office(unit->kind) && !units::is_ended_by_event(write, unit->id))
    units::set_last_day(write, unit->id, setting.ends);
  units::save(write, unit->id, setting.contact);
}

Apply apply_unit(bool is_new) {
  return [is_new](db::Write& write, const std::string& entry, const std::string& value) {
    put_unit(write, entry, value, is_new);
  };
}

Wish wish_of_unit(db::Read& read, const UnitChange& change) {
  std::string entry = entry_of(change.setting.code, change.setting.opens);
  std::string before = unit_value(read, entry);
  return {.list = std::string(unit_list),
          .code = std::move(entry),
          .before = std::move(before),
          .after = value_of(change.setting),
          .from = change.from,
          .reason = change.reason};
}

void check_new_office(db::Read& read, const UnitSetting& setting, Day today, FieldErrors& errors) {
  if (!is_office(setting.kind)) errors.add("kind", "settings.error.unit_kind"_t);
  if (setting.opens < today || setting.opens > today + std::chrono::days(wait_days_max))
    errors.add("opens", "settings.error.from"_t);
  const auto parent = units::find_on(read, setting.parent_code, setting.opens);
  if (!parent || (parent->valid_to && (!setting.ends || *setting.ends > *parent->valid_to)))
    errors.add("parent", "settings.error.unit_parent"_t);
  const auto others = units::versions(read, setting.code);
  const bool is_taken = std::ranges::any_of(others, [&](const units::Unit& each) {
    return !each.valid_to || *each.valid_to >= setting.opens;
  });
  if (is_taken) errors.add("code", "settings.error.code_twice"_t);
}

// The last day: an office's own, unless a reorganisation ends it.
void check_last_day(db::Read& read,
                    const units::Unit& unit,
                    const UnitSetting& setting,
                    Day today,
                    FieldErrors& errors) {
  if (setting.ends == unit.valid_to) return;
  if (!is_office(unit.kind) || units::is_ended_by_event(read, unit.id)) {
    errors.add("ends", "settings.error.unit_reorganise"_t);
  } else if (setting.ends && (*setting.ends < today || *setting.ends < unit.valid_from)) {
    errors.add("ends", "settings.error.unit_ends"_t);
  } else if (setting.ends && units::has_below_after(read, unit.id, *setting.ends)) {
    errors.add("ends", "settings.error.unit_below"_t);
  }
}

}  // namespace

Result<Done> check_unit_change(db::Read& read, const UnitChange& change, Instant now) {
  const UnitSetting& setting = change.setting;
  const Day today = local_day(now);
  FieldErrors errors;
  check_words(setting, errors);
  const auto unit = units::find(read, setting.code, setting.opens);
  if (change.seen.empty() || !unit) {
    check_new_office(read, setting, today, errors);
    if (setting.ends && *setting.ends < setting.opens)
      errors.add("ends", "settings.error.unit_ends"_t);
  } else {
    const auto old = unit_setting(read, setting.code, setting.opens);
    if (setting.kind != old->kind || setting.type != old->type ||
        setting.parent_code != old->parent_code)
      errors.add("kind", "settings.error.unit_reorganise"_t);
    check_last_day(read, *unit, setting, today, errors);
  }
  check(wish_of_unit(read, change), now, errors);
  return errors.empty() ? Result<Done>(Done{}) : errors.take();
}

Result<std::int64_t> change_unit(db::Write& write,
                                 const people::Administrator& administrator,
                                 const UnitChange& change,
                                 Instant now) {
  if (!may_change(administrator)) return Error{ErrorKind::forbidden, "settings.error.city_only"_t};
  const Wish wish = wish_of_unit(write, change);
  if (!change.seen.empty() && wish.before != change.seen)
    return Error{ErrorKind::conflict, "settings.error.changed_meanwhile"_t};
  TRY([[maybe_unused]] const Done fine, check_unit_change(write, change, now));
  return settings::change(write, administrator, wish, apply_unit(wish.before.empty()), now);
}

Result<Done> undo_unit(db::Write& write,
                       const people::Administrator& administrator,
                       const Change& change,
                       Instant now) {
  std::string value = change.before;
  if (!change.waits() && unit_value(write, change.code) != change.after)
    return Error{ErrorKind::conflict, "settings.error.changed_since"_t};
  if (value.empty()) {
    TRY(UnitSetting made, read_unit_value(change.code, change.after));
    made.ends = std::max(local_day(now), made.opens);
    const auto unit = units::find(write, made.code, made.opens);
    if (unit && units::has_below_after(write, unit->id, *made.ends))
      return Error{ErrorKind::conflict, "settings.error.unit_below"_t};
    value = value_of(made);
  }
  return undo(write, administrator, change, value, apply_unit(false), now);
}

std::int64_t apply_due_units(db::Database& database, Instant now) {
  return apply_due(database, std::string(unit_list), unit_value, apply_unit(false), now);
}

}  // namespace ln::settings
