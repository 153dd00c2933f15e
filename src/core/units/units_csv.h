// A strict reader for the CSV files of units and procedures (RFC 4180, UTF-8, first row names the
// columns). Strict because a list of authorities that is read half is worse than one refused: the
// refusal names the line, and nothing is taken.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ln::units {

inline constexpr std::size_t csv_size_max = 16u << 20;  // bytes of a file
inline constexpr std::size_t csv_rows_max = 100'000;
inline constexpr std::size_t csv_cell_chars_max = 1'000;
inline constexpr std::size_t csv_area_chars_max = 20'000;  // where a territory is among the cells

struct CsvRow {
  std::size_t line;                // where it begins in the file, counted from 1
  std::vector<std::string> cells;  // as many as columns; NFC, without white space at the ends
};

// All rows below the header. Refuses (ErrorKind::invalid, the line in fields[0].field as "line 12")
// a header that is not exactly `columns`, a row with another number of cells, an open quote, a
// quote inside a bare cell, what is not UTF-8, control characters, and what is over the limits.
Result<std::vector<CsvRow>> read_csv(std::string_view bytes,
                                     std::span<const std::string_view> columns,
                                     std::size_t chars_max = csv_cell_chars_max);

// The refusal for something wrong in `line`.
Error csv_error(std::size_t line, TextKey what);

}  // namespace ln::units
