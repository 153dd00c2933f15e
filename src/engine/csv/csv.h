// Comma-separated values (RFC 4180), read and written. Bytes in, cells out: what they mean, and
// how much of a file is taken, is the business of whoever reads it.
//
// Read are the files that spreadsheets of our readers write: separated by comma, semicolon or tab,
// with either end of line, a quoted cell holding what it likes. A quote where none may stand is
// refused and not guessed at, because half a row in the wrong column is worse than no row.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ln::csv {

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Where the record that begins `bytes` ends: the size without and with its line break. Null when no
// line break ends it.
struct RecordEnd {
  std::size_t size = 0, with_break = 0;
  std::size_t lines = 0;  // line breaks in all
};
std::optional<RecordEnd> record_end(std::string_view bytes);

struct Form {
  char separator = ',';
  std::size_t cells_max = 10'000;
};
// The cells of one record without its line break. Null when a quote is not closed or stands where
// none may. Of a record with more than `cells_max` cells it gives the first cells_max + 1.
std::optional<std::vector<std::string>> cells(std::string_view record, Form form = {});

// Which of ',', ';' and tab stands most often outside the quotes of the first record; ',' when none
// does. Excel writes semicolons where the comma is the decimal mark, as in Vietnam.
char separator_of(std::string_view header);

// Appends one cell, quoted where RFC 4180 asks for it. A cell that a spreadsheet would
// take for a formula (it begins with = + - @, a tab, a carriage return, or the full-width form of
// one of the signs) gets an apostrophe before it, as OWASP's "CSV Injection" advises: what a
// citizen wrote must never run on an officer's machine. What is a plain number keeps its sign.
void append_cell(std::string& out, std::string_view cell);
// One record of such cells, with CRLF.
void append(std::string& out, std::span<const std::string_view> cells);

}  // namespace ln::csv
