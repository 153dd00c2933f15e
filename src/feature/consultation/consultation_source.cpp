#include "feature/consultation/consultation_source.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/plain_text.h"
#include "base/text.h"
#include "engine/csv/csv.h"
#include "engine/merkle/merkle.h"
#include "engine/text/text.h"
#include "engine/text/text_typed.h"

namespace ln::consultation {
namespace {

constexpr std::size_t import_columns_max = 64, beginning_chars = 60;
constexpr std::string_view of_the_whole = "all";

enum class Column : std::uint8_t { none, place, body, wording, author, address };

// By the folded title of a column.
Column column_named(std::string_view title) {
  static const std::map<std::string, Column, std::less<>> names = {
      {"dieu khoan", Column::place},     {"dieu", Column::place},
      {"place", Column::place},          {"clause", Column::place},
      {"noi dung", Column::body},        {"noi dung gop y", Column::body},
      {"y kien", Column::body},          {"comment", Column::body},
      {"content", Column::body},         {"de nghi viet lai", Column::wording},
      {"wording", Column::wording},      {"nguoi gop y", Column::author},
      {"chu the gop y", Column::author}, {"ho ten", Column::author},
      {"ho va ten", Column::author},     {"author", Column::author},
      {"dia chi", Column::address},      {"address", Column::address},
  };
  const auto found = names.find(text::fold(title));
  return found == names.end() ? Column::none : found->second;
}

// How each place may be cited. Without marks điểm d and điểm đ are one: such a citation means
// neither.
class Places {
 public:
  explicit Places(const draft::Draft& draft) {
    for (const char* whole : {"", "all", "ca du thao", "toan bo du thao", "toan van", "chung"})
      add(folded_, whole, of_the_whole);
    for (const draft::Clause& each : draft.clauses) {
      keys_.insert(each.key);
      for (const bool in_english : {false, true}) {
        const std::string citation = draft::cited(each.key, in_english);
        add(marked_, text::marked(citation), each.key);
        add(folded_, text::fold(citation), each.key);
      }
    }
  }
  std::optional<std::string> find(std::string_view cited) const {
    if (const auto key = keys_.find(trimmed(cited)); key != keys_.end()) return *key;
    const std::string exact = text::marked(cited), folded = text::fold(cited);
    if (const auto at = marked_.find(exact); at != marked_.end()) return at->second;
    const auto at = folded_.find(folded);
    if (at == folded_.end() || !at->second) return std::nullopt;
    // With marks somewhere, the letter of the point is meant as it stands.
    const bool has_marks = exact != folded;
    if (has_marks && *at->second != of_the_whole &&
        letters_of(exact) != letters_of(text::marked(draft::cited(*at->second, false))))
      return std::nullopt;
    return at->second;
  }

 private:
  // Null for what names more than one.
  using Named = std::map<std::string, std::optional<std::string>, std::less<>>;
  static void add(Named& names, const std::string& name, std::string_view key) {
    const auto [at, is_new] = names.emplace(name, std::string(key));
    if (!is_new && at->second != key) at->second.reset();
  }
  // The words that are one letter long, in their order.
  static std::string letters_of(std::string_view words) {
    std::string letters;
    while (!words.empty()) {
      const std::size_t end = std::min(words.find(' '), words.size());
      if (count_chars(words.substr(0, end)) == 1) letters += words.substr(0, end);
      words.remove_prefix(std::min(end + 1, words.size()));
    }
    return letters;
  }

  std::set<std::string, std::less<>> keys_;
  Named marked_, folded_;
};

Error beside_text(ErrorKind kind, TextKey text) { return {kind, text, {{"text", text}}}; }

// The cells of the record that begins `rest`, which is taken away; null when a quote is wrong.
std::optional<std::vector<std::string>> take_record(std::string_view& rest,
                                                    std::size_t& line,
                                                    char separator) {
  const auto end = csv::record_end(rest).value_or(csv::RecordEnd{rest.size(), rest.size(), 1});
  auto cells = csv::cells(rest.substr(0, end.size),
                          {.separator = separator, .cells_max = import_columns_max});
  rest.remove_prefix(end.with_break);
  line += end.lines;
  return cells;
}

std::string typed_cell(const std::string& cell) { return text::tidied(plain_text(cell)); }

TextKey wrong_with(const ImportRow& row) {
  const std::size_t chars = count_chars(row.body);
  if (chars < body_chars_min) return "consultation.error.body_short"_t;
  if (chars > body_chars_max) return "consultation.error.body_long"_t;
  if (count_chars(row.wording) > wording_chars_max) return "consultation.error.wording_long"_t;
  if (count_chars(row.author) > author_chars_max) return "consultation.error.author_long"_t;
  if (count_chars(row.address) > address_chars_max) return "consultation.error.address_long"_t;
  return {};
}

ImportRow row_of(const std::vector<std::string>& cells, const std::vector<Column>& columns) {
  ImportRow row;
  for (std::size_t i = 0; i < cells.size() && i < columns.size(); ++i) {
    std::string cell = typed_cell(cells[i]);
    switch (columns[i]) {
      case Column::place: row.clause = std::move(cell); break;
      case Column::body: row.body = std::move(cell); break;
      case Column::wording: row.wording = std::move(cell); break;
      case Column::author: row.author = std::move(cell); break;
      case Column::address: row.address = std::move(cell); break;
      case Column::none: break;
    }
  }
  return row;
}

bool is_empty_record(const std::vector<std::string>& cells) {
  return std::ranges::all_of(cells, [](const std::string& each) { return trimmed(each).empty(); });
}

}  // namespace

std::string_view to_text(SourceKind kind) {
  constexpr std::string_view words[] = {"letter", "sheet", "minutes", "invited"};
  return words[static_cast<std::size_t>(kind)];
}

TextKey key_of(SourceKind kind) {
  switch (kind) {
    case SourceKind::letter: return "consultation.source.letter"_t;
    case SourceKind::sheet: return "consultation.source.sheet"_t;
    case SourceKind::minutes: return "consultation.source.minutes"_t;
    case SourceKind::invited: return "consultation.source.invited"_t;
  }
  return {};
}

Result<Source> check_source(const SourceTyped& typed, const Consultation& c, Day today) {
  FieldErrors errors;
  const auto kind = from_word(imported_kinds, typed.kind);
  if (!kind) errors.add("kind", "consultation.error.source_kind"_t);
  Source source{.consultation = c.id,
                .kind = kind.value_or(SourceKind::letter),
                .name = text::tidied(typed.name),
                .reference = text::tidied(typed.reference),
                .received_by = text::tidied(typed.received_by),
                .received_on = typed.received_on.value_or(Day{})};
  const std::size_t chars = count_chars(source.name);
  if (chars < source_name_chars_min || chars > source_name_chars_max)
    errors.add("name", "consultation.error.source_name"_t);
  if (count_chars(source.reference) > reference_chars_max)
    errors.add("reference", "consultation.error.reference"_t);
  if (!typed.received_on || !c.opened_at || *typed.received_on < local_day(*c.opened_at) ||
      *typed.received_on > today)
    errors.add("received_on", "consultation.error.received_on"_t);
  const std::size_t by = count_chars(source.received_by);
  if (by < 2 || by > receiver_chars_max)
    errors.add("received_by", "consultation.error.received_by"_t);
  if (!errors.empty()) return errors.take();
  return source;
}

std::optional<std::string> place_in(const draft::Draft& draft, std::string_view cited) {
  return Places(draft).find(cited);
}

Result<ImportRows> read_rows(std::string_view text, const draft::Draft& draft) {
  if (text.size() > rows_text_max)
    return beside_text(ErrorKind::too_large, "consultation.error.rows_large"_t);
  if (text.starts_with(csv::byte_order_mark)) text.remove_prefix(csv::byte_order_mark.size());
  if (!is_utf8(text)) return beside_text(ErrorKind::invalid, "consultation.error.rows_utf8"_t);
  std::size_t line = 1;
  const char separator = csv::separator_of(text);
  const auto titles = take_record(text, line, separator);
  if (!titles) return beside_text(ErrorKind::invalid, "consultation.error.rows_quote"_t);
  const Places places(draft);
  ImportRows all;
  std::vector<Column> columns;
  for (const std::string& each : *titles) {
    columns.push_back(column_named(each));
    const bool is_again =
        columns.back() != Column::none && std::ranges::count(columns, columns.back()) > 1;
    if (is_again) columns.back() = Column::none;
    if (columns.back() == Column::none && !trimmed(each).empty())
      all.unread.emplace_back(first_chars(each, beginning_chars));
  }
  if (std::ranges::find(columns, Column::body) == columns.end())
    return beside_text(ErrorKind::invalid, "consultation.error.rows_titles"_t);
  while (!text.empty()) {
    const std::size_t begins = line;
    const auto cells = take_record(text, line, separator);
    if (cells && is_empty_record(*cells)) continue;
    if (all.rows.size() + all.refused.size() == rows_at_once)
      return beside_text(ErrorKind::too_large, "consultation.error.rows_many"_t);
    if (!cells || cells->size() > columns.size()) {
      all.refused.push_back(
          {begins, cells ? std::string(first_chars(cells->front(), 40)) : "",
           cells ? "consultation.error.rows_cells"_t : "consultation.error.rows_quote"_t});
      continue;
    }
    ImportRow row = row_of(*cells, columns);
    row.line = begins;
    const auto place = places.find(row.clause);
    TextKey wrong = wrong_with(row);
    if (!place) wrong = "consultation.error.clause"_t;
    if (wrong != TextKey{}) {
      all.refused.push_back({begins, std::string(first_chars(row.body, beginning_chars)), wrong});
      continue;
    }
    row.clause = *place;
    all.rows.push_back(std::move(row));
  }
  if (all.rows.empty() && all.refused.empty())
    return beside_text(ErrorKind::invalid, "consultation.error.rows_none"_t);
  return all;
}

Result<ImportRow> check_row(const ImportRow& typed, const draft::Draft& draft) {
  ImportRow row{.line = typed.line,
                .clause = typed.clause,
                .body = typed_cell(typed.body),
                .wording = typed_cell(typed.wording),
                .author = typed_cell(typed.author),
                .address = typed_cell(typed.address)};
  FieldErrors errors;
  if (const auto place = place_in(draft, row.clause))
    row.clause = *place;
  else
    errors.add("clause", "consultation.error.clause"_t);
  if (const TextKey wrong = wrong_with(row); wrong != TextKey{}) {
    const bool is_author = wrong == "consultation.error.author_long"_t;
    const bool is_address = wrong == "consultation.error.address_long"_t;
    const bool is_wording = wrong == "consultation.error.wording_long"_t;
    errors.add(is_author    ? "author"
               : is_address ? "address"
               : is_wording ? "wording"
                            : "body",
               wrong);
  }
  if (!errors.empty()) return errors.take();
  return row;
}

std::string likeness_of(const ImportRow& row) {
  const std::string words = row.clause + "\n" + text::dedup_key(row.body) + "\n" +
                            text::dedup_key(row.wording) + "\n" + text::dedup_key(row.author);
  return std::string(as_text(merkle::sha256(as_bytes(words))));
}

std::string source_statement(const Source& source) {
  return std::to_string(source.consultation.value) + " " + std::to_string(source.id.value) + " " +
         std::string(to_text(source.kind)) + " " + to_iso(source.received_on) + "\n" + source.name +
         "\n" + source.reference + "\n" + source.received_by;
}

}  // namespace ln::consultation
