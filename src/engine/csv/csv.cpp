#include "engine/csv/csv.h"

#include <algorithm>
#include <array>

namespace ln::csv {
namespace {

// "-12", "+3.5": what every spreadsheet takes for the number that it is.
bool is_signed_number(std::string_view cell) {
  cell.remove_prefix(1);
  const auto is_figure = [](char c) { return c >= '0' && c <= '9'; };
  const std::size_t dot = std::min(cell.find('.'), cell.size());
  const std::string_view whole = cell.substr(0, dot),
                         rest = cell.substr(std::min(dot + 1, cell.size()));
  return !whole.empty() && std::ranges::all_of(whole, is_figure) &&
         std::ranges::all_of(rest, is_figure);
}

bool looks_like_formula(std::string_view cell) {
  constexpr std::array<std::string_view, 10> starts = {
      "=",           "+", "-", "@", "\t", "\r", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D",
      "\xEF\xBC\xA0"};
  const bool starts_so =
      std::ranges::any_of(starts, [&](std::string_view start) { return cell.starts_with(start); });
  return starts_so && !((cell[0] == '-' || cell[0] == '+') && is_signed_number(cell));
}

// Reads the quoted cell that begins behind `at`; `at` is then behind its closing quote. False when
// there is none.
bool take_quoted(std::string_view record, std::size_t& at, std::string& cell) {
  while (at < record.size()) {
    const std::size_t quote = std::min(record.find('"', at), record.size());
    cell.append(record, at, quote - at);
    if (quote == record.size()) return false;
    at = quote + 1;
    if (at == record.size() || record[at] != '"') return true;
    cell += '"';
    ++at;
  }
  return false;
}

}  // namespace

std::optional<RecordEnd> record_end(std::string_view bytes) {
  bool is_quoted = false;
  std::size_t lines = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == '"') is_quoted = !is_quoted;
    if (bytes[i] != '\n') continue;
    ++lines;
    if (!is_quoted) return RecordEnd{i > 0 && bytes[i - 1] == '\r' ? i - 1 : i, i + 1, lines};
  }
  return std::nullopt;
}

std::optional<std::vector<std::string>> cells(std::string_view record, Form form) {
  std::vector<std::string> all;
  for (std::size_t at = 0; all.size() <= form.cells_max;) {
    std::string& cell = all.emplace_back();
    if (at < record.size() && record[at] == '"') {
      ++at;
      if (!take_quoted(record, at, cell)) return std::nullopt;
      if (at < record.size() && record[at] != form.separator) return std::nullopt;
    } else {
      const std::size_t end = std::min(record.find(form.separator, at), record.size());
      cell = record.substr(at, end - at);
      if (cell.find('"') != std::string::npos) return std::nullopt;
      at = end;
    }
    if (at == record.size()) break;
    ++at;  // the separator
  }
  return all;
}

char separator_of(std::string_view header) {
  if (const auto end = record_end(header)) header = header.substr(0, end->size);
  constexpr std::string_view separators = ",;\t";
  std::array<std::size_t, separators.size()> counts{};
  bool is_quoted = false;
  for (const char c : header) {
    if (c == '"') is_quoted = !is_quoted;
    if (const std::size_t i = separators.find(c); !is_quoted && i != std::string_view::npos)
      ++counts[i];
  }
  return separators[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

void append_cell(std::string& out, std::string_view cell) {
  const bool is_guarded = looks_like_formula(cell);
  if (!is_guarded && cell.find_first_of("\",;\t\r\n") == std::string_view::npos) {
    out += cell;
    return;
  }
  out += '"';
  if (is_guarded) out += '\'';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append(std::string& out, std::span<const std::string_view> cells) {
  bool is_first = true;
  for (const std::string_view cell : cells) {
    if (!is_first) out += ',';
    is_first = false;
    append_cell(out, cell);
  }
  out += "\r\n";
}

}  // namespace ln::csv
