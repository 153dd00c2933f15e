#include "core/units/units_store_area.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/check.h"
#include "core/units/units_store.h"

namespace ln::units {

void save_area(db::Write& write, UnitId unit, std::string_view area) {
  const auto read = geo::parse_area(area);
  CHECK(read.has_value());
  geo::Point least = read->rings.front().front(), most = least;
  for (const geo::Ring& ring : read->rings)
    for (const geo::Point& point : ring) {
      least = {std::min(least.lat, point.lat), std::min(least.lon, point.lon)};
      most = {std::max(most.lat, point.lat), std::max(most.lon, point.lon)};
    }
  write.run(
      "INSERT INTO unit_area (unit_id, south, west, north, east, area) "
      "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (unit_id) DO UPDATE SET "
      "south = excluded.south, west = excluded.west, north = excluded.north, "
      "east = excluded.east, area = excluded.area",
      unit, std::int64_t{least.lat}, std::int64_t{least.lon}, std::int64_t{most.lat},
      std::int64_t{most.lon}, area);
}

std::optional<Unit> commune_at(db::Read& read, const geo::Point& point, Day day) {
  std::vector<UnitId> found;
  read.each(
      "SELECT a.unit_id, a.area FROM unit_area a JOIN unit u ON u.id = a.unit_id "
      "WHERE a.south <= $1 AND a.north >= $1 AND a.west <= $2 AND a.east >= $2 "
      "AND u.kind = 'commune' AND u.valid_from <= $3 AND (u.valid_to IS NULL OR u.valid_to >= $3) "
      "ORDER BY a.unit_id",
      [&](const db::Row& row) {
        const auto area = geo::parse_area(row.view(1));
        if (area && geo::contains(*area, point)) found.push_back(row.id<UnitId>(0));
      },
      std::int64_t{point.lat}, std::int64_t{point.lon}, day);
  return found.size() == 1 ? find(read, found.front()) : std::nullopt;
}

Choice choose_at(db::Read& read,
                 const Heirs& heirs,
                 Kind ended,
                 std::string_view place,
                 const std::optional<geo::Point>& point,
                 Day day) {
  const Choice by_words = choose(heirs, ended, place);
  if (by_words.is_certain || !point) return by_words;
  const auto at = commune_at(read, *point, day);
  if (!at) return by_words;
  for (std::size_t i = 0; i < heirs.candidates.size(); ++i)
    if (heirs.candidates[i].unit.id == at->id) return {i, true};
  return by_words;
}

}  // namespace ln::units
