#include "core/units/units_actions_reorganise.h"

#include <map>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/text.h"
#include "core/units/units_reorganise_csv.h"
#include "core/units/units_store.h"
#include "core/units/units_store_area.h"

namespace ln::units {
namespace {

Error of_file(std::string_view name, Error error) {
  for (FieldError& field : error.fields) field.field = std::string(name) + " " + field.field;
  return error;
}

void check_words(std::string_view field,
                 std::string_view text,
                 std::size_t chars_max,
                 FieldErrors& errors) {
  if (trimmed(text).empty() || count_chars(text) > chars_max)
    errors.add(field, "units.reorganise.words"_t);
}

void copy_door(db::Write& write, UnitId from, UnitId to) {
  replace_hours(write, to, hours(write, from));
  for (const Desk& each : desks(write, from)) insert_desk(write, to, each);
}

}  // namespace

Result<Plan> preview(db::Read& read, const ReorganisationWish& wish) {
  ReorganisationFiles files;
  auto list = read_list(wish.list);
  if (!list.ok()) return of_file("list", list.error());
  auto mapping = read_mapping(wish.mapping);
  if (!mapping.ok()) return of_file("mapping", mapping.error());
  files.units = std::move(list).value();
  files.mapping = std::move(mapping).value();
  return plan_reorganisation(wish.day, all_on(read, wish.day - std::chrono::days(1)),
                             codes_from(read, wish.day), files);
}

Result<Announced> announce(db::Write& write, const ReorganisationWish& wish, Instant now) {
  FieldErrors errors;
  check_words("name", wish.name, event_name_chars_max, errors);
  check_words("source", wish.source, event_source_chars_max, errors);
  if (!errors.empty()) return errors.take();
  if (reorganisation_on(write, wish.day))
    return Error{ErrorKind::conflict, "units.reorganise.day_taken"_t};
  TRY(Plan plan, preview(write, wish));
  if (!plan.troubles.empty()) return Error{ErrorKind::conflict, "units.reorganise.troubles"_t};
  const Day last = wish.day - std::chrono::days(1);
  for (const UnitId id : plan.closing) close(write, id, last);
  std::map<std::string, Unit, std::less<>> there;
  const auto unit_with = [&](const std::string& code) -> const Unit& {
    auto found = there.find(code);
    if (found == there.end())
      found = there.emplace(code, find_on(write, code, wish.day).value()).first;
    return found->second;
  };
  std::vector<UnitId> opened;
  for (const Opening& each : plan.opening) {
    const Unit* above = each.parent_code.empty() ? nullptr : &unit_with(each.parent_code);
    Unit unit = insert(write, {.code = each.code,
                               .valid_from = wish.day,
                               .name = each.name,
                               .name_en = each.name_en,
                               .kind = each.kind,
                               .type = each.type,
                               .parent = above});
    if (each.copied_from.value != 0) copy_door(write, each.copied_from, unit.id);
    if (!each.area.empty()) save_area(write, unit.id, each.area);
    opened.push_back(unit.id);
    there.insert_or_assign(each.code, std::move(unit));
  }
  for (std::size_t i = 0; i < plan.links.size(); ++i) {
    const Link& each = plan.links[i];
    insert(write, NewSuccession{each.old_unit, unit_with(each.new_code).id, each.relation,
                                each.note, each.words, i});
  }
  Reorganisation event{.day = wish.day,
                       .name = std::string(trimmed(wish.name)),
                       .source = std::string(trimmed(wish.source)),
                       .created_at = now,
                       .created_by = wish.by};
  event.id = insert(write, event);
  for (const UnitId id : opened) mark_opened(write, id, event.id);
  for (const UnitId id : plan.closing) mark_ended(write, id, event.id);
  return Announced{std::move(event), std::move(plan)};
}

Result<Done> withdraw(db::Write& write, ReorganisationId id, Instant now) {
  const auto event = find(write, id);
  if (!event) return Error{ErrorKind::not_found, "units.reorganise.none"_t};
  if (event->stage != Stage::planned || event->day <= local_day(now))
    return Error{ErrorKind::conflict, "units.reorganise.has_begun"_t};
  for (const Reorganisation& each : reorganisations(write))
    if (each.day > event->day) return Error{ErrorKind::conflict, "units.reorganise.later_first"_t};
  undo(write, id);
  return Done{};
}

}  // namespace ln::units
