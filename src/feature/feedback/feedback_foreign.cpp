#include "feature/feedback/feedback_foreign.h"

#include <algorithm>
#include <set>

#include "base/plain_text.h"
#include "base/text.h"
#include "engine/csv/csv.h"
#include "engine/merkle/merkle_leaf.h"
#include "engine/text/text.h"
#include "feature/feedback/feedback_settings.h"

namespace ln::feedback {
namespace {

constexpr std::size_t foreign_record_size_max = 64u << 10;

Error wrong_file(TextKey what) { return {ErrorKind::invalid, what, {{"file", what}}}; }

// A name or a word as it is compared and kept.
std::string kept_text(std::string_view raw) {
  return std::string(trimmed(plain_text(text::to_nfc(raw))));
}

// A number of exactly these digits.
std::optional<int> digits_of(std::string_view text) {
  int number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return text.empty() ? std::nullopt : std::optional(number);
}

std::optional<Day> day_in(std::string_view text) {
  if (text.size() != 10) return std::nullopt;
  const bool is_iso = text[4] == '-' && text[7] == '-', is_ours = text[2] == '/' && text[5] == '/';
  if (!is_iso && !is_ours) return std::nullopt;
  const auto year = digits_of(is_iso ? text.substr(0, 4) : text.substr(6)),
             month = digits_of(is_iso ? text.substr(5, 2) : text.substr(3, 2)),
             day = digits_of(is_iso ? text.substr(8) : text.substr(0, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  return date.ok() ? std::optional(Day(date)) : std::nullopt;
}

// "09:05" or "09:05:30".
std::optional<std::chrono::seconds> time_in(std::string_view text) {
  if ((text.size() != 5 && text.size() != 8) || text[2] != ':') return std::nullopt;
  if (text.size() == 8 && text[5] != ':') return std::nullopt;
  constexpr int hours_max = 23, sixty = 60;
  const auto hour = digits_of(text.substr(0, 2)), minute = digits_of(text.substr(3, 2)),
             second = text.size() == 8 ? digits_of(text.substr(6)) : std::optional(0);
  if (!hour || !minute || !second || *hour > hours_max || *minute >= sixty || *second >= sixty)
    return std::nullopt;
  return std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
}

// Where in a record each of our columns stands; npos for one that the source does not have.
using Places = std::array<std::size_t, all_foreign_columns.size()>;

Result<Places> places_in(const std::vector<std::string>& header, const Source& source) {
  Places places{};
  places.fill(std::string::npos);
  for (const ForeignColumn each : all_foreign_columns) {
    const std::string& name = source.column(each);
    if (name.empty()) continue;
    const auto named = [&](const std::string& cell) { return kept_text(cell) == name; };
    const auto found = std::ranges::find_if(header, named);
    if (found == header.end()) return wrong_file("exchange.error.no_column"_t);
    if (std::ranges::count_if(header, named) > 1)
      return wrong_file("exchange.error.column_twice"_t);
    places[static_cast<std::size_t>(each)] = static_cast<std::size_t>(found - header.begin());
  }
  return places;
}

std::string ours_of(const std::vector<ForeignWord>& words, std::string word) {
  const auto found = std::ranges::find(words, word, &ForeignWord::theirs);
  return found == words.end() ? word : found->ours;
}

// The record as a row, or why it is none; `row.line` and, as far as it can be read, `row.code` are
// set either way.
TextKey read_row(std::string_view record,
                 csv::Form form,
                 const Places& places,
                 const Source& source,
                 Instant now,
                 ForeignRow& row) {
  if (record.size() > foreign_record_size_max) return "exchange.error.row_long"_t;
  const auto cells = csv::cells(record, form);
  if (!cells) return "exchange.error.row_quotes"_t;
  const auto cell = [&](ForeignColumn which) {
    const std::size_t place = places[static_cast<std::size_t>(which)];
    return place < cells->size() ? kept_text((*cells)[place]) : std::string();
  };
  row.code = cell(ForeignColumn::code);
  if (cells->size() != form.cells_max) return "exchange.error.row_cells"_t;
  if (row.code.empty()) return "exchange.error.row_code"_t;
  if (count_chars(row.code) > foreign_code_chars_max || row.code.find('\n') != std::string::npos) {
    row.code.clear();
    return "exchange.error.row_code"_t;
  }
  const auto received = read_received(cell(ForeignColumn::received));
  if (!received) return "exchange.error.row_received"_t;
  if (*received > now) return "exchange.error.row_future"_t;
  if (*received < now - foreign_age_max) return "exchange.error.row_old"_t;
  row.received_at = *received;
  row.title = first_chars(cell(ForeignColumn::title), title_chars_max);
  row.body = cell(ForeignColumn::body);
  row.place = cell(ForeignColumn::place);
  row.contact = cell(ForeignColumn::contact);
  row.topic = ours_of(source.topics, cell(ForeignColumn::topic));
  row.unit = ours_of(source.units, cell(ForeignColumn::unit));
  row.state = first_chars(cell(ForeignColumn::state), foreign_word_chars_max);
  row.is_over = std::ranges::find(source.over, row.state) != source.over.end();
  return {};
}

void check_words(const std::vector<ForeignWord>& words,
                 std::string_view field,
                 FieldErrors& errors) {
  std::set<std::string_view> seen;
  for (const ForeignWord& each : words) {
    const bool is_long = count_chars(each.theirs) > foreign_word_chars_max ||
                         count_chars(each.ours) > foreign_word_chars_max;
    if (is_long || words.size() > foreign_words_max)
      return errors.add(field, "exchange.error.words_long"_t);
    if (!seen.insert(each.theirs).second) return errors.add(field, "exchange.error.word_twice"_t);
  }
}

}  // namespace

std::string_view to_text(ForeignColumn column) {
  switch (column) {
    case ForeignColumn::code: return "code";
    case ForeignColumn::received: return "received";
    case ForeignColumn::body: return "body";
    case ForeignColumn::title: return "title";
    case ForeignColumn::topic: return "topic";
    case ForeignColumn::unit: return "unit";
    case ForeignColumn::place: return "place";
    case ForeignColumn::state: return "state";
    case ForeignColumn::contact: return "contact";
  }
  return "";
}

TextKey key_of(ForeignColumn column) {
  switch (column) {
    case ForeignColumn::code: return "exchange.column.code"_t;
    case ForeignColumn::received: return "exchange.column.received"_t;
    case ForeignColumn::body: return "exchange.column.body"_t;
    case ForeignColumn::title: return "exchange.column.title"_t;
    case ForeignColumn::topic: return "exchange.column.topic"_t;
    case ForeignColumn::unit: return "exchange.column.unit"_t;
    case ForeignColumn::place: return "exchange.column.place"_t;
    case ForeignColumn::state: return "exchange.column.state"_t;
    case ForeignColumn::contact: return "exchange.column.contact"_t;
  }
  return {};
}

bool is_required(ForeignColumn column) {
  return column == ForeignColumn::code || column == ForeignColumn::received ||
         column == ForeignColumn::body;
}

void check_source(const Source& source, FieldErrors& errors) {
  constexpr std::size_t name_chars_min = 2;
  if (!is_setting_code(source.code)) errors.add("code", "settings.error.code"_t);
  const std::size_t chars = count_chars(source.name);
  if (chars < name_chars_min || chars > source_name_chars_max)
    errors.add("name", "exchange.error.name"_t);
  std::set<std::string_view> seen;
  for (const ForeignColumn each : all_foreign_columns) {
    const std::string& name = source.column(each);
    const std::string field = "column-" + std::string(to_text(each));
    if (name.empty() && is_required(each))
      errors.add(field, "exchange.error.column_missing"_t);
    else if (count_chars(name) > foreign_word_chars_max)
      errors.add(field, "exchange.error.words_long"_t);
    else if (!name.empty() && !seen.insert(name).second)
      errors.add(field, "exchange.error.column_used"_t);
  }
  check_words(source.topics, "topics", errors);
  check_words(source.units, "units", errors);
  std::vector<ForeignWord> over;
  for (const std::string& each : source.over) over.push_back({each, ""});
  check_words(over, "over", errors);
}

std::optional<std::vector<ForeignWord>> read_words(std::string_view lines) {
  std::vector<ForeignWord> words;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    const std::string_view line = trimmed(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
    if (line.empty()) continue;
    const std::size_t equals = line.rfind('=');
    if (equals == std::string_view::npos) return std::nullopt;
    ForeignWord word{kept_text(line.substr(0, equals)), kept_text(line.substr(equals + 1))};
    if (word.theirs.empty() || word.ours.empty()) return std::nullopt;
    words.push_back(std::move(word));
  }
  return words;
}

std::string shown_words(const std::vector<ForeignWord>& words) {
  std::string lines;
  for (const ForeignWord& each : words) lines += each.theirs + " = " + each.ours + "\n";
  return lines;
}

std::optional<Instant> read_received(std::string_view text) {
  constexpr std::size_t day_size = 10;
  text = trimmed(text);
  const auto day = day_in(text.substr(0, std::min(text.size(), day_size)));
  if (!day) return std::nullopt;
  if (text.size() == day_size) return at_local(*day);
  if (text[day_size] != ' ' && text[day_size] != 'T') return std::nullopt;
  const auto time = time_in(text.substr(day_size + 1));
  return time ? std::optional(at_local(*day, *time)) : std::nullopt;
}

Result<ForeignFile> read_foreign(std::string_view bytes, const Source& source, Instant now) {
  if (bytes.size() > foreign_file_size_max) return wrong_file("exchange.error.file_long"_t);
  if (bytes.starts_with(csv::byte_order_mark)) bytes.remove_prefix(csv::byte_order_mark.size());
  if (trimmed(bytes).empty()) return wrong_file("exchange.error.file_empty"_t);
  if (!is_utf8(bytes)) return wrong_file("exchange.error.file_utf8"_t);
  csv::Form form{.separator = csv::separator_of(bytes)};
  std::size_t line = 1;
  const auto take = [&] {
    const csv::RecordEnd end =
        csv::record_end(bytes).value_or(csv::RecordEnd{bytes.size(), bytes.size(), 1});
    const std::string_view record = bytes.substr(0, end.size);
    bytes.remove_prefix(end.with_break);
    line += end.lines;
    return record;
  };
  const auto header = csv::cells(take(), form);
  if (!header) return wrong_file("exchange.error.no_column"_t);
  form.cells_max = header->size();
  TRY(const Places places, places_in(*header, source));
  ForeignFile file;
  std::set<std::string> seen;
  while (!bytes.empty()) {
    ForeignRow row{.line = line};
    const std::string_view record = take();
    if (trimmed(record).empty()) continue;
    if (file.rows.size() + file.troubles.size() == foreign_rows_max)
      return wrong_file("exchange.error.file_long"_t);
    TextKey trouble = read_row(record, form, places, source, now, row);
    if (trouble.is_none() && !seen.insert(row.code).second) trouble = "exchange.error.row_twice"_t;
    if (trouble.is_none())
      file.rows.push_back(std::move(row));
    else
      file.troubles.push_back({row.line, row.code, trouble});
  }
  return file;
}

std::string fingerprint_of(std::string_view source, std::string_view code) {
  const std::string both = std::string(source) + "\n" + std::string(code);
  const auto hash = merkle::sha256(as_bytes(both));
  return std::string(as_text(hash));
}

}  // namespace ln::feedback
