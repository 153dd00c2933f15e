// The wing of the actions for what the sample adds to the official lists: departments, counters and
// the catalogue of procedures.
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "core/units/units_actions.h"
#include "core/units/units_csv.h"
#include "core/units/units_csv_cells.h"
#include "core/units/units_store.h"
#include "core/units/units_store_procedures.h"
#include "engine/text/text.h"

namespace ln::units {
namespace {

constexpr std::string_view department_columns[] = {
    "code",       "name",     "name_en",        "type",     "kind", "parent_code",
    "valid_from", "valid_to", "successor_code", "relation", "hours"};
constexpr std::string_view centre_columns[] = {"code_suffix", "name",   "type",   "hours",
                                               "desk_1",      "desk_2", "desk_3", "desk_4"};
constexpr std::string_view procedure_columns[] = {
    "code",      "name",     "name_en",  "field",      "handled_by", "time_count",
    "time_kind", "fee_dong", "fee_note", "valid_from", "valid_to",   "source"};

// One line of the departments, read.
struct Line {
  std::string code, name, name_en, type, parent_code, successor_code;
  Kind kind = Kind::department;
  Period period;
  std::optional<Relation> relation;
  std::vector<Hours> hours;

  bool covers(Day day) const { return period.from <= day && (!period.to || day <= *period.to); }
};

// Whether what ends on `above` is still there when what ends on `below` ends; null is no end.
bool outlasts(std::optional<Day> above, std::optional<Day> below) {
  return !above || (below && *below <= *above);
}

// "valid_from" and "valid_to" of a line; the second may be empty.
Result<Period> period_of(std::size_t line, std::string_view from, std::string_view to) {
  const auto first = parse_day(from), last = to.empty() ? std::nullopt : parse_day(to);
  const bool last_is_wrong = !to.empty() && !last;
  if (!first || last_is_wrong || (last && *last < *first))
    return csv_error(line, "units.error.csv_date"_t);
  return Period{*first, last};
}

Result<Line> read_line(const CsvRow& row) {
  const auto& cells = row.cells;
  const auto kind = kind_of(cells[4]);
  const auto relation = relation_of(cells[9]);
  auto hours = parse_hours(cells[10]);
  if (!is_code(cells[0])) return csv_error(row.line, "units.error.csv_code"_t);
  if (cells[1].empty() || cells[3].empty()) return csv_error(row.line, "units.error.csv_empty"_t);
  if (!kind || *kind == Kind::city) return csv_error(row.line, "units.error.csv_word"_t);
  if (cells[8].empty() != cells[9].empty() || (!cells[9].empty() && !relation))
    return csv_error(row.line, "units.error.csv_word"_t);
  if (!hours) return csv_error(row.line, "units.error.csv_hours"_t);
  TRY(const Period period, period_of(row.line, cells[6], cells[7]));
  return Line{.code = cells[0],
              .name = cells[1],
              .name_en = cells[2],
              .type = cells[3],
              .parent_code = cells[5],
              .successor_code = cells[8],
              .kind = *kind,
              .period = period,
              .relation = relation,
              .hours = *std::move(hours)};
}

// The line among the first `count` that stands for `code` on `day`; null when there is none.
const Line* line_on(const std::vector<Line>& lines,
                    std::size_t count,
                    std::string_view code,
                    Day day) {
  for (std::size_t i = 0; i < count; ++i)
    if (lines[i].code == code && lines[i].covers(day)) return &lines[i];
  return nullptr;
}

// What is wrong with line `at`, seen among the others; none when it may be taken.
TextKey wrong_with_line(db::Read& read, const std::vector<Line>& lines, std::size_t at) {
  const Line& line = lines[at];
  if (line_on(lines, at, line.code, line.period.from) || find_on(read, line.code, line.period.from))
    return "units.error.csv_twice"_t;
  if (const Line* above = line_on(lines, at, line.parent_code, line.period.from)) {
    if (!outlasts(above->period.to, line.period.to)) return "units.error.csv_parent"_t;
  } else {
    const auto parent = find_on(read, line.parent_code, line.period.from);
    if (!parent || !outlasts(parent->valid_to, line.period.to)) return "units.error.csv_parent"_t;
  }
  if (line.successor_code.empty()) return {};
  if (!line.period.to) return "units.error.csv_date"_t;
  const Day next = *line.period.to + std::chrono::days(1);
  if (!line_on(lines, lines.size(), line.successor_code, next)) return "units.error.csv_unknown"_t;
  return {};
}

Result<Procedure> read_procedure(db::Read& read, const CsvRow& row) {
  const auto& cells = row.cells;
  const auto time_kind = time_kind_of(cells[6]);
  const auto time_count = parse_number(cells[5]), fee = parse_number(cells[7]);
  if (!is_code(cells[0])) return csv_error(row.line, "units.error.csv_code"_t);
  if (cells[1].empty() || cells[3].empty() || cells[11].empty())
    return csv_error(row.line, "units.error.csv_empty"_t);
  if (!time_kind) return csv_error(row.line, "units.error.csv_word"_t);
  const bool time_is_wrong = *time_kind == TimeKind::none
                                 ? !cells[5].empty()
                                 : !time_count || *time_count < 1 || *time_count > 1'000;
  const bool fee_is_wrong = cells[7].empty() ? cells[8].empty() : !fee;
  if (time_is_wrong || fee_is_wrong) return csv_error(row.line, "units.error.csv_number"_t);
  TRY(const Period period, period_of(row.line, cells[9], cells[10]));
  const auto handler_kind = kind_of(cells[4]);
  if (!handler_kind && !find_on(read, cells[4], period.from))
    return csv_error(row.line, "units.error.csv_unknown"_t);
  if (find_procedure_on(read, cells[0], period.from))
    return csv_error(row.line, "units.error.csv_twice"_t);
  return Procedure{
      .id = {},
      .code = cells[0],
      .valid_from = period.from,
      .valid_to = period.to,
      .name = cells[1],
      .name_en = cells[2],
      .field = cells[3],
      .handler_kind = handler_kind,
      .handler_code = handler_kind ? "" : cells[4],
      .time_count = time_count ? std::optional(static_cast<int>(*time_count)) : std::nullopt,
      .time_kind = *time_kind,
      .fee_dong = fee,
      .fee_note = cells[8],
      .source = cells[11]};
}

}  // namespace

Result<std::size_t> import_departments(db::Write& write, std::string_view csv) {
  TRY(const auto rows, read_csv(csv, department_columns));
  std::vector<Line> lines;
  for (const CsvRow& row : rows) {
    TRY(Line line, read_line(row));
    lines.push_back(std::move(line));
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const TextKey wrong = wrong_with_line(write, lines, i);
    if (!wrong.is_none()) return csv_error(rows[i].line, wrong);
  }
  for (const Line& line : lines) {
    const Unit parent = find_on(write, line.parent_code, line.period.from).value();
    const Unit unit = insert(write, {.code = line.code,
                                     .valid_from = line.period.from,
                                     .valid_to = line.period.to,
                                     .name = line.name,
                                     .name_en = line.name_en,
                                     .kind = line.kind,
                                     .type = line.type,
                                     .parent = &parent});
    replace_hours(write, unit.id, line.hours);
  }
  for (const Line& line : lines) {
    if (line.successor_code.empty()) continue;
    const Unit old_unit = find_on(write, line.code, line.period.from).value();
    const Day next = *line.period.to + std::chrono::days(1);
    const Unit new_unit = find_on(write, line.successor_code, next).value();
    insert_succession(write, old_unit.id, new_unit.id, *line.relation, "");
  }
  return lines.size();
}

Result<std::size_t> open_service_centres(db::Write& write, std::string_view csv, Day from) {
  TRY(const auto rows, read_csv(csv, centre_columns));
  if (rows.size() != 1) return csv_error(2, "units.error.csv_columns"_t);
  const auto& cells = rows[0].cells;
  const auto hours = parse_hours(cells[3]);
  if (!is_code(cells[0])) return csv_error(rows[0].line, "units.error.csv_code"_t);
  if (!hours) return csv_error(rows[0].line, "units.error.csv_hours"_t);
  const std::vector<Unit> communes = of_kind(write, Kind::commune, from);
  for (const Unit& commune : communes) {
    if (find_on(write, commune.code + "-" + cells[0], from))
      return csv_error(rows[0].line, "units.error.csv_twice"_t);
  }
  for (const Unit& commune : communes) {
    // "Trung tâm Phục vụ hành chính công phường Ba Đình": the type in small letters.
    const std::string name = cells[1] + " " + text::marked(commune.type) + " " +
                             std::string(bare_name(commune.name, commune.type));
    const Unit centre = insert(write, {.code = commune.code + "-" + cells[0],
                                       .valid_from = from,
                                       .valid_to = commune.valid_to,
                                       .name = name,
                                       .kind = Kind::counter,
                                       .type = cells[2],
                                       .parent = &commune});
    replace_hours(write, centre.id, *hours);
    for (int number = 1; number <= 4; ++number)
      insert_desk(write, centre.id, {number, cells[3 + static_cast<std::size_t>(number)]});
  }
  return communes.size();
}

Result<std::size_t> import_procedures(db::Write& write, std::string_view csv) {
  TRY(const auto rows, read_csv(csv, procedure_columns));
  std::vector<Procedure> all;
  for (const CsvRow& row : rows) {
    TRY(Procedure procedure, read_procedure(write, row));
    for (const Procedure& before : all) {
      const bool ended = before.valid_to && *before.valid_to < procedure.valid_from;
      if (before.code == procedure.code && !ended)
        return csv_error(row.line, "units.error.csv_twice"_t);
    }
    all.push_back(std::move(procedure));
  }
  for (const Procedure& procedure : all) insert(write, procedure);
  return all.size();
}

}  // namespace ln::units
