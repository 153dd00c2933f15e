#include "core/units/units_actions.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/embedded.h"
#include "core/units/units_csv.h"
#include "core/units/units_csv_cells.h"
#include "core/units/units_store.h"
#include "core/units/units_store_area.h"
#include "core/units/units_store_reorganise.h"

namespace ln::units {
namespace {

constexpr std::string_view unit_columns[] = {"level", "code", "name", "type", "parent_code"};
constexpr std::string_view succession_columns[] = {"new_code",     "new_name", "new_province",
                                                   "old_code",     "old_name", "old_district",
                                                   "old_province", "relation", "note_vi"};

std::optional<Kind> kind_of_level(std::string_view level) {
  if (level == "1") return Kind::city;
  if (level == "2") return Kind::district;
  if (level == "3") return Kind::commune;
  return std::nullopt;
}

// What is wrong with one line of the list; none when it may be taken. `above` holds the codes of
// the lines before.
TextKey wrong_with_unit(db::Read& read,
                        const std::vector<std::string>& cells,
                        Day from,
                        const std::set<std::string>& above) {
  const std::string &code = cells[1], &parent = cells[4];
  const auto kind = kind_of_level(cells[0]);
  if (!kind) return "units.error.csv_word"_t;
  if (!is_code(code)) return "units.error.csv_code"_t;
  if (cells[2].empty() || cells[3].empty()) return "units.error.csv_empty"_t;
  if (above.contains(code) || find(read, code, from)) return "units.error.csv_twice"_t;
  if ((*kind == Kind::city) != parent.empty()) return "units.error.csv_parent"_t;
  if (!parent.empty() && !above.contains(parent) && !find_on(read, parent, from))
    return "units.error.csv_parent"_t;
  return {};
}

struct SuccessionLine {
  Unit old_unit, new_unit;
  Relation relation;
  std::string note;
};

std::string_view file(std::string_view path) {
  const auto bytes = embedded::find(path);
  CHECK(bytes.has_value());
  return *bytes;
}

// The files inside the executable are ours and tested, so a refusal of one is a bug; by then part
// of the city stands in the transaction, and only an exception takes it away again.
void take(const Result<std::size_t>& imported) { CHECK(imported.ok()); }

}  // namespace

Result<std::size_t> import_units(db::Write& write, std::string_view csv, const Period& period) {
  TRY(const auto rows, read_csv(csv, unit_columns));
  std::set<std::string> codes;
  for (const CsvRow& row : rows) {
    const TextKey wrong = wrong_with_unit(write, row.cells, period.from, codes);
    if (!wrong.is_none()) return csv_error(row.line, wrong);
    codes.insert(row.cells[1]);
  }
  std::map<std::string, Unit> taken;
  for (const auto& [line, cells] : rows) {
    const Unit* parent = nullptr;
    if (!cells[4].empty()) {
      auto place = taken.find(cells[4]);
      if (place == taken.end())
        place = taken.emplace(cells[4], find_on(write, cells[4], period.from).value()).first;
      parent = &place->second;
    }
    taken.insert_or_assign(cells[1], insert(write, {.code = cells[1],
                                                    .valid_from = period.from,
                                                    .valid_to = period.to,
                                                    .name = cells[2],
                                                    .kind = *kind_of_level(cells[0]),
                                                    .type = cells[3],
                                                    .parent = parent}));
  }
  return rows.size();
}

Result<std::size_t> import_areas(db::Write& write, std::string_view csv, Day day) {
  constexpr std::string_view columns[] = {"code", "area"};
  TRY(const auto rows, read_csv(csv, columns, csv_area_chars_max));
  std::vector<std::pair<UnitId, std::string>> areas;
  for (const auto& [line, cells] : rows) {
    const auto unit = find_on(write, cells[0], day);
    if (!unit) return csv_error(line, "units.error.csv_unknown"_t);
    if (!geo::parse_area(cells[1])) return csv_error(line, "units.reorganise.area"_t);
    areas.emplace_back(unit->id, cells[1]);
  }
  for (const auto& [unit, area] : areas) save_area(write, unit, area);
  return areas.size();
}

Result<std::size_t> import_successions(db::Write& write, std::string_view csv, Day change) {
  TRY(const auto rows, read_csv(csv, succession_columns));
  std::vector<SuccessionLine> lines;
  std::set<std::pair<UnitId, UnitId>> pairs;
  for (const auto& [line, cells] : rows) {
    auto old_unit = find_on(write, cells[3], change - std::chrono::days(1));
    auto new_unit = find_on(write, cells[0], change);
    const auto relation = relation_of(cells[7]);
    if (!old_unit || !new_unit) return csv_error(line, "units.error.csv_unknown"_t);
    if (!relation) return csv_error(line, "units.error.csv_word"_t);
    if (!pairs.emplace(old_unit->id, new_unit->id).second)
      return csv_error(line, "units.error.csv_twice"_t);
    lines.push_back({*std::move(old_unit), *std::move(new_unit), *relation, cells[8]});
  }
  for (std::size_t i = 0; i < lines.size(); ++i)
    insert(write, NewSuccession{.old_unit = lines[i].old_unit.id,
                                .new_unit = lines[i].new_unit.id,
                                .relation = lines[i].relation,
                                .note = lines[i].note,
                                .position = i});
  return lines.size();
}

Result<Done> install_hanoi(db::Write& write) {
  const Day first{std::chrono::year(2018) / 1 / 1};
  const Day last_old = two_tier_day - std::chrono::days(1);
  if (find_on(write, "01", last_old) || find_on(write, "01", two_tier_day))
    return Error{ErrorKind::conflict, "units.error.city_exists"_t};
  take(import_units(write, file("data/units/units_2018-01-01.csv"), {first, last_old}));
  take(import_units(write, file("data/units/units_2025-07-01.csv"), {two_tier_day}));
  take(import_successions(write, file("data/units/mapping_old2025_new2025.csv"), two_tier_day));
  take(import_areas(write, file("data/map/areas-2025-07-01.csv"), two_tier_day));
  const Unit old_city = find_on(write, "01", last_old).value();
  const Unit city = find_on(write, "01", two_tier_day).value();
  insert_succession(write, old_city.id, city.id, Relation::keep, "");
  static_cast<void>(insert(write, Reorganisation{.day = two_tier_day,
                                                 .name = "Sắp xếp đơn vị hành chính Hà Nội",
                                                 .source = "Nghị quyết 1656/NQ-UBTVQH15",
                                                 .created_at = at_local(first)}));
  take(import_departments(write, file("data/sample/departments.csv")));
  take(open_service_centres(write, file("data/sample/service_centres.csv"), two_tier_day));
  take(import_procedures(write, file("data/sample/procedures.csv")));
  return Done{};
}

}  // namespace ln::units
