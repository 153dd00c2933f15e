#include "feature/insight/insight_store_reorganised.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "core/units/units_store.h"
#include "core/units/units_store_reorganise.h"
#include "engine/text/text.h"

namespace ln::insight {
namespace {

// Classes of open data are read whole, with the unit under which they were told: what this reading
// gives is a sum of classes like every other figure, and none can be cut by comparing two.
struct Group {
  units::UnitId unit{}, from{};
  bool is_undetermined =
      false;              // the unit has one of them only until a person says where it belongs
  bool is_mixed = false;  // not all of them came from the same unit
  auto key() const { return std::tuple(unit.value, from.value, is_undetermined, is_mixed); }
};

// The event between `day` and now whose moves tell where cases came from or went to.
std::optional<units::Reorganisation> event_for(db::Read& read, Day day) {
  std::optional<units::Reorganisation> next, last;
  for (const units::Reorganisation& each : units::reorganisations(read)) {  // the newest first
    if (each.day > day)
      next = each;
    else if (!last)
      last = each;
  }
  return next ? next : last;
}

std::optional<units::Unit> unit_then(db::Read& read, const Group& group, Day day) {
  auto unit = units::find(read, group.unit);
  if (!unit) return std::nullopt;
  if (unit->is_valid_on(day)) return group.is_undetermined ? std::nullopt : unit;
  if (unit->valid_from <= day) {  // It had ended: who took over?
    units::Heirs heirs = units::heirs_on(read, *unit, day);
    if (heirs.candidates.empty() || !units::choose(heirs, unit->kind, {}).is_certain)
      return std::nullopt;
    return std::move(heirs.candidates.front().unit);
  }
  if (auto from = units::find(read, group.from); from && !group.is_mixed && from->is_valid_on(day))
    return from;
  auto before = units::predecessors(read, unit->id);
  if (before.size() != 1 || !before.front().unit.is_valid_on(day)) return std::nullopt;
  return std::move(before.front().unit);
}

}  // namespace

Reading count_by_units_of(db::Read& read, Day day, Day first, Day last) {
  const auto event = event_for(read, day);
  std::vector<std::pair<Group, Counts>> groups;
  read.each(
      "SELECT c.unit_id, min(coalesce(m.from_unit_id, 0)), max(coalesce(m.from_unit_id, 0)), "
      "max(CASE WHEN m.is_certain = 0 AND m.settled_at IS NULL THEN 1 ELSE 0 END), count(*), "
      "sum(CASE WHEN t.outcome % 2 = 1 THEN 1 ELSE 0 END), "
      "sum(CASE WHEN t.outcome / 2 % 2 = 1 THEN 1 ELSE 0 END), "
      "sum(CASE WHEN t.outcome / 4 % 2 = 1 THEN 1 ELSE 0 END) "
      "FROM insight_class c JOIN insight_member t ON t.class_id = c.id "
      "LEFT JOIN feedback_move m ON m.feedback_id = t.feedback_id AND m.reorganisation_id = $1 "
      "WHERE c.what = 'case' AND c.to_day >= $2 AND c.to_day <= $3 "
      "GROUP BY c.id, c.unit_id ORDER BY c.unit_id, c.id",
      [&](const db::Row& row) {
        const Group group{.unit = row.id<units::UnitId>(0),
                          .from = row.id<units::UnitId>(2),
                          .is_undetermined = row.integer(3) != 0,
                          .is_mixed = row.integer(1) != row.integer(2)};
        Counts counts;
        counts.received = row.integer(4);
        counts.answered = row.integer(5);
        counts.on_time = row.integer(6);
        counts.overdue_open = row.integer(7);
        const auto known = std::ranges::find(groups, group.key(),
                                             [](const auto& each) { return each.first.key(); });
        if (known == groups.end())
          groups.emplace_back(group, counts);
        else
          known->second.add(counts);
      },
      event ? event->id : units::ReorganisationId{}, first, last);
  std::vector<MovedCounts> moved;
  for (const auto& [group, counts] : groups)
    moved.push_back({group.unit.value, unit_then(read, group, day), counts});
  Reading reading = read_by_units(moved);
  std::ranges::stable_sort(reading.units, {}, [](const UnitCounts& each) {
    return text::sort_key(units::bare_name(each.unit.name, each.unit.type));
  });
  return reading;
}

}  // namespace ln::insight
