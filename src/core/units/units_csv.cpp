#include "core/units/units_csv.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "engine/csv/csv.h"
#include "engine/text/text.h"

namespace ln::units {
namespace {

// A cell as it is kept: NFC, without white space at the ends.
Result<std::string> checked_cell(std::string_view raw, std::size_t line, std::size_t chars_max) {
  // A line feed inside quotes ends here too: no name of ours has one.
  const auto is_control = [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; };
  if (std::ranges::any_of(raw, is_control)) return csv_error(line, "units.error.csv_control"_t);
  if (count_chars(raw) > chars_max) return csv_error(line, "units.error.csv_long"_t);
  return text::to_nfc(trimmed(raw));
}

// The cells of the record that begins `rest`, which is taken away with its line break.
Result<std::vector<std::string>> take_row(std::string_view& rest,
                                          std::size_t& line,
                                          std::size_t columns,
                                          std::size_t chars_max) {
  const csv::RecordEnd end =
      csv::record_end(rest).value_or(csv::RecordEnd{rest.size(), rest.size(), 1});
  const std::string_view record = rest.substr(0, end.size);
  if (!is_utf8(record)) return csv_error(line, "units.error.csv_utf8"_t);
  auto cells = csv::cells(record, {.cells_max = columns});
  if (!cells) return csv_error(line, "units.error.csv_quote"_t);
  if (cells->size() > columns) return csv_error(line, "units.error.csv_columns"_t);
  for (std::string& cell : *cells) {
    TRY(cell, checked_cell(cell, line, chars_max));
  }
  rest.remove_prefix(end.with_break);
  line += end.lines;
  return *std::move(cells);
}

}  // namespace

Error csv_error(std::size_t line, TextKey what) {
  return {ErrorKind::invalid, "units.error.csv"_t, {{"line " + std::to_string(line), what}}};
}

Result<std::vector<CsvRow>> read_csv(std::string_view bytes,
                                     std::span<const std::string_view> columns,
                                     std::size_t chars_max) {
  if (bytes.size() > csv_size_max) return csv_error(1, "units.error.csv_long"_t);
  if (bytes.starts_with(csv::byte_order_mark)) bytes.remove_prefix(csv::byte_order_mark.size());
  std::size_t line = 1;
  TRY(const auto header, take_row(bytes, line, columns.size(), chars_max));
  if (!std::ranges::equal(header, columns)) return csv_error(1, "units.error.csv_header"_t);
  std::vector<CsvRow> rows;
  while (!bytes.empty()) {
    if (rows.size() == csv_rows_max) return csv_error(line, "units.error.csv_long"_t);
    const std::size_t begins = line;
    TRY(auto cells, take_row(bytes, line, columns.size(), chars_max));
    if (cells.size() != columns.size()) return csv_error(begins, "units.error.csv_columns"_t);
    rows.push_back({begins, std::move(cells)});
  }
  return rows;
}

}  // namespace ln::units
