#include "core/units/units_reorganise_csv.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "core/units/units_csv.h"
#include "core/units/units_csv_cells.h"
#include "engine/geo/geo.h"
#include "engine/text/text.h"

namespace ln::units {
namespace {

constexpr std::string_view list_columns[] = {"level", "code", "name", "type", "parent_code"};
constexpr std::string_view mapping_columns[] = {
    "new_code",     "new_name", "new_province", "old_code", "old_name", "old_district",
    "old_province", "relation", "note_vi",      "address",  "area"};

std::optional<Change> change_of(std::string_view word) {
  if (word == "abolished") return Change::abolished;
  if (word == "new") return Change::added;
  const auto relation = relation_of(word);
  if (!relation) return std::nullopt;
  switch (*relation) {
    case Relation::full: return Change::full;
    case Relation::partial: return Change::partial;
    case Relation::keep: return Change::keep;
    case Relation::renamed: break;
  }
  return Change::renamed;
}

// A rule has phrases with letters in them, and not too many.
bool is_rule(std::string_view rule) {
  std::size_t count = 0;
  while (!rule.empty()) {
    const std::size_t end = std::min(rule.find(';'), rule.size());
    if (text::fold(rule.substr(0, end)).empty() || ++count > rule_phrases_max) return false;
    rule.remove_prefix(std::min(end + 1, rule.size()));
  }
  return true;
}

// How many columns the header names: without address rules, with them, with territories too.
std::size_t columns_in(std::string_view csv) {
  std::string_view header = csv.substr(0, csv.find('\n'));
  if (header.ends_with('\r')) header.remove_suffix(1);
  return header.ends_with(",area") ? 11 : header.ends_with(",address") ? 10 : 9;
}

}  // namespace

Result<std::vector<Listed>> read_list(std::string_view csv) {
  constexpr std::array kinds_by_level = {Kind::city, Kind::district, Kind::commune};
  TRY(auto rows, read_csv(csv, list_columns));
  std::vector<Listed> list;
  list.reserve(rows.size());
  for (auto& [line, cells] : rows) {
    const std::string& level = cells[0];
    if (level.size() != 1 || level[0] < '1' || level[0] > '3')
      return csv_error(line, "units.error.csv_word"_t);
    if (!is_code(cells[1]) || (!cells[4].empty() && !is_code(cells[4])))
      return csv_error(line, "units.error.csv_code"_t);
    if (cells[2].empty() || cells[3].empty()) return csv_error(line, "units.error.csv_empty"_t);
    list.push_back({line, kinds_by_level[static_cast<std::size_t>(level[0] - '1')],
                    std::move(cells[1]), std::move(cells[2]), std::move(cells[3]),
                    std::move(cells[4])});
  }
  return list;
}

Result<std::vector<Mapped>> read_mapping(std::string_view csv) {
  const std::size_t columns = columns_in(csv);
  TRY(auto rows, read_csv(csv, std::span(mapping_columns).first(columns),
                          columns > 10 ? csv_area_chars_max : csv_cell_chars_max));
  std::vector<Mapped> mapping;
  mapping.reserve(rows.size());
  for (auto& [line, cells] : rows) {
    const auto change = change_of(cells[7]);
    if (!change) return csv_error(line, "units.error.csv_word"_t);
    const bool wants_old = *change != Change::added, wants_new = *change != Change::abolished;
    if (wants_old == cells[3].empty() || wants_new == cells[0].empty())
      return csv_error(line, "units.error.csv_empty"_t);
    if ((wants_old && !is_code(cells[3])) || (wants_new && !is_code(cells[0])))
      return csv_error(line, "units.error.csv_code"_t);
    std::string words = columns > 9 ? std::move(cells[9]) : std::string();
    std::string area = columns > 10 ? std::move(cells[10]) : std::string();
    if (!area.empty() && (!wants_new || !geo::parse_area(area)))
      return csv_error(line, "units.reorganise.area"_t);
    if (!words.empty() && (*change != Change::partial || !is_rule(words)))
      return csv_error(line, "units.reorganise.rule"_t);
    mapping.push_back({line, std::move(cells[3]), std::move(cells[0]), *change, std::move(cells[8]),
                       std::move(words), std::move(area)});
  }
  return mapping;
}

}  // namespace ln::units
