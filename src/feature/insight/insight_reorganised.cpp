#include "feature/insight/insight_reorganised.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace ln::insight {
namespace {

std::int64_t size_of(const Counts& counts) { return counts.on_time_share().whole; }

using Groups = std::vector<const MovedCounts*>;

// Of groups that one reading tells as one number and the other apart: those that must not be told.
void pool(Groups together, std::set<const MovedCounts*>& pooled) {
  std::erase_if(together, [&](const MovedCounts* group) {
    return size_of(group->counts) == 0 || pooled.contains(group);
  });
  if (together.size() < 2) return;  // Both readings say the same.
  std::ranges::stable_sort(together, {},
                           [](const MovedCounts* group) { return size_of(group->counts); });
  std::int64_t sum = 0;
  for (const MovedCounts* group : together) {
    const bool is_small = size_of(group->counts) < stats::privacy_floor;
    const bool needs_company = sum > 0 && sum < stats::privacy_floor;
    if (!is_small && !needs_company) return;
    sum += size_of(group->counts);
    pooled.insert(group);
  }
}

bool is_few(const Counts& counts) {
  return size_of(counts) > 0 && size_of(counts) < stats::privacy_floor;
}

// A row that is told as too few, beside all the others and their sum, is told all the same: such
// rows go into one, with the next larger ones until there are enough.
void pool_rows(Reading& reading) {
  if (is_few(reading.undetermined))
    reading.pooled.add(std::exchange(reading.undetermined, Counts{}));
  std::erase_if(reading.units, [&](const UnitCounts& each) {
    if (!is_few(each.counts)) return false;
    reading.pooled.add(each.counts);
    return true;
  });
  while (is_few(reading.pooled)) {
    auto smallest = reading.units.end();
    for (auto each = reading.units.begin(); each != reading.units.end(); ++each)
      if (size_of(each->counts) > 0 &&
          (smallest == reading.units.end() || size_of(each->counts) < size_of(smallest->counts)))
        smallest = each;
    if (smallest == reading.units.end()) break;
    reading.pooled.add(smallest->counts);
    reading.units.erase(smallest);
  }
  if (is_few(reading.pooled)) reading.pooled.add(std::exchange(reading.undetermined, Counts{}));
}

}  // namespace

Reading read_by_units(const std::vector<MovedCounts>& groups) {
  Reading reading;
  std::map<std::int64_t, Groups> by_unit, by_row;
  for (const MovedCounts& group : groups) {
    by_unit[group.unit].push_back(&group);
    by_row[group.then ? group.then->id.value : 0].push_back(&group);
  }
  std::set<const MovedCounts*> pooled;
  for (const auto& [unit, together] : by_unit) pool(together, pooled);
  for (const auto& [row, together] : by_row)
    if (row != 0) pool(together, pooled);
  for (const MovedCounts& group : groups) {
    reading.all.add(group.counts);
    if (pooled.contains(&group)) {
      reading.pooled.add(group.counts);
      continue;
    }
    if (!group.then) {
      reading.undetermined.add(group.counts);
      continue;
    }
    const auto known = std::ranges::find(reading.units, group.then->id,
                                         [](const UnitCounts& each) { return each.unit.id; });
    if (known == reading.units.end())
      reading.units.push_back({*group.then, group.counts});
    else
      known->counts.add(group.counts);
  }
  pool_rows(reading);
  return reading;
}

}  // namespace ln::insight
