#include "core/units/units_csv.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "engine/text/text.h"

namespace ln::units {
namespace {

// Walks over the bytes once.
class Reader {
 public:
  Reader(std::string_view bytes, std::size_t chars_max) : rest_(bytes), chars_max_(chars_max) {}

  bool at_end() const { return rest_.empty(); }
  std::size_t line() const { return line_; }

  // The cells up to the next end of line.
  Result<std::vector<std::string>> row(std::size_t cells_max) {
    std::vector<std::string> cells;
    while (true) {
      TRY(std::string cell, this->cell());
      if (cells.size() == cells_max) return csv_error(line_, "units.error.csv_columns"_t);
      cells.push_back(std::move(cell));
      if (!rest_.empty() && rest_.front() == ',') {
        rest_.remove_prefix(1);
        continue;
      }
      if (rest_.starts_with("\r\n")) rest_.remove_prefix(1);
      if (!rest_.empty()) rest_.remove_prefix(1);  // the line feed
      ++line_;
      return cells;
    }
  }

 private:
  Result<std::string> cell() {
    std::string raw;
    if (!rest_.empty() && rest_.front() == '"') {
      TRY(raw, quoted());
    } else {
      const std::size_t end = std::min(rest_.find_first_of(",\n"), rest_.size());
      raw = rest_.substr(0, end);
      rest_.remove_prefix(end);
      if (raw.ends_with('\r') && rest_.starts_with("\n")) raw.pop_back();
      if (raw.find('"') != std::string::npos) return csv_error(line_, "units.error.csv_quote"_t);
    }
    return checked(raw);
  }

  Result<std::string> quoted() {
    std::string text;
    rest_.remove_prefix(1);
    while (true) {
      const std::size_t end = rest_.find('"');
      if (end == std::string_view::npos) return csv_error(line_, "units.error.csv_quote"_t);
      text.append(rest_.substr(0, end));
      rest_.remove_prefix(end + 1);
      if (!rest_.starts_with("\"")) break;
      text.push_back('"');
      rest_.remove_prefix(1);
    }
    const bool ends_cell =
        rest_.empty() || rest_.front() == ',' || rest_.front() == '\n' || rest_.starts_with("\r\n");
    if (!ends_cell) return csv_error(line_, "units.error.csv_quote"_t);
    return text;
  }

  Result<std::string> checked(std::string_view raw) const {
    if (!is_utf8(raw)) return csv_error(line_, "units.error.csv_utf8"_t);
    // A line feed inside quotes ends here too: no name of ours has one.
    const auto is_control = [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; };
    if (std::ranges::any_of(raw, is_control)) return csv_error(line_, "units.error.csv_control"_t);
    if (count_chars(raw) > chars_max_) return csv_error(line_, "units.error.csv_long"_t);
    return text::to_nfc(trimmed(raw));
  }

  std::string_view rest_;
  std::size_t chars_max_;  // of a cell
  std::size_t line_ = 1;
};

}  // namespace

Error csv_error(std::size_t line, TextKey what) {
  return {ErrorKind::invalid, "units.error.csv"_t, {{"line " + std::to_string(line), what}}};
}

Result<std::vector<CsvRow>> read_csv(std::string_view bytes,
                                     std::span<const std::string_view> columns,
                                     std::size_t chars_max) {
  if (bytes.size() > csv_size_max) return csv_error(1, "units.error.csv_long"_t);
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  Reader reader(bytes, chars_max);
  TRY(const auto header, reader.row(columns.size()));
  if (!std::ranges::equal(header, columns)) return csv_error(1, "units.error.csv_header"_t);
  std::vector<CsvRow> rows;
  while (!reader.at_end()) {
    if (rows.size() == csv_rows_max) return csv_error(reader.line(), "units.error.csv_long"_t);
    const std::size_t line = reader.line();
    TRY(auto cells, reader.row(columns.size()));
    if (cells.size() != columns.size()) return csv_error(line, "units.error.csv_columns"_t);
    rows.push_back({line, std::move(cells)});
  }
  return rows;
}

}  // namespace ln::units
