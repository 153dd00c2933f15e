#include "feature/consultation/consultation_letter.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/check.h"
#include "base/embedded.h"
#include "base/text.h"
#include "engine/csv/csv.h"

namespace ln::consultation {
namespace {

constexpr std::string_view letters_file = "data/consultation/letters.csv";
constexpr std::size_t beginning_chars_max = 70;
// Between the pieces of a stored letter, and within one; no text that is tidied holds them.
constexpr char piece_end = '\x1e', cell_end = '\x1f';

struct NamedLimit {
  std::string_view name;
  std::int64_t LetterLimits::* value;
};
constexpr NamedLimit named_limits[] = {
    {"senders_min", &LetterLimits::senders_min},
    {"fits_percent_min", &LetterLimits::fits_percent_min},
    {"merged_fits_percent_min", &LetterLimits::merged_fits_percent_min},
    {"one_clause_percent_min", &LetterLimits::one_clause_percent_min},
    {"whole_draft_percent_min", &LetterLimits::whole_draft_percent_min},
    {"phrase_words_max", &LetterLimits::phrase_words_max},
    {"sentence_slots_percent_max", &LetterLimits::sentence_slots_percent_max},
    {"slot_words_max", &LetterLimits::slot_words_max},
    {"slot_percent_min", &LetterLimits::slot_percent_min},
    {"names_percent_min", &LetterLimits::names_percent_min},
};

std::vector<std::string_view> split_at(std::string_view text, char end) {
  std::vector<std::string_view> all;
  for (;;) {
    const std::size_t at = text.find(end);
    all.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return all;
    text.remove_prefix(at + 1);
  }
}

void add_clean(std::string& out, std::string_view text) {
  for (const char c : text)
    if (c != piece_end && c != cell_end && c != '\0') out += c;
}

}  // namespace

std::optional<LetterLimits> read_letter_limits(std::string_view csv) {
  LetterLimits limits;
  std::size_t known = 0;
  for (bool is_head = true; !csv.empty(); is_head = false) {
    const auto end = csv::record_end(csv).value_or(csv::RecordEnd{csv.size(), csv.size(), 1});
    const auto cells = csv::cells(csv.substr(0, end.size));
    csv.remove_prefix(end.with_break);
    if (is_head) continue;
    if (!cells || cells->size() != 3) return std::nullopt;
    const auto value = parse_number((*cells)[1]);
    const auto named = std::ranges::find(named_limits, (*cells)[0], &NamedLimit::name);
    if (!value || *value < 1 || named == std::end(named_limits)) return std::nullopt;
    if (limits.*(named->value) == 0) ++known;
    limits.*(named->value) = *value;
  }
  if (known != std::size(named_limits)) return std::nullopt;
  return limits;
}

const LetterLimits& letter_limits() {
  static const LetterLimits limits = [] {
    const auto file = embedded::find(letters_file);
    CHECK(file.has_value());
    const auto read = read_letter_limits(*file);
    CHECK(read.has_value());
    return *read;
  }();
  return limits;
}

std::string_view word_of(campaigns::Kind kind) {
  constexpr std::string_view words[] = {"exact", "edited", "merged"};
  return words[static_cast<std::size_t>(kind)];
}

TextKey key_of(campaigns::Kind kind) {
  switch (kind) {
    case campaigns::Kind::exact: return "consultation.letter.exact"_t;
    case campaigns::Kind::edited: return "consultation.letter.edited"_t;
    case campaigns::Kind::merged: return "consultation.letter.merged"_t;
  }
  return {};
}

std::string parts_text(const std::vector<LetterPart>& parts) {
  std::string out;
  for (const LetterPart& part : parts) {
    if (!out.empty()) out += piece_end;
    out += part.is_slot() ? '?' : '=';
    add_clean(out, part.text);
    for (const LetterPart::Value& value : part.values) {
      out += cell_end;
      add_clean(out, value.text);
      out += cell_end + std::to_string(value.senders);
    }
  }
  return out;
}

std::vector<LetterPart> parts_in(std::string_view text) {
  std::vector<LetterPart> parts;
  if (text.empty()) return parts;
  for (std::string_view piece : split_at(text, piece_end)) {
    if (!piece.starts_with('=') && !piece.starts_with('?')) return {};
    const bool is_slot = piece.front() == '?';
    piece.remove_prefix(1);
    const auto cells = split_at(piece, cell_end);
    if (is_slot != cells[0].empty() || cells.size() % 2 == 0) return {};
    LetterPart& part = parts.emplace_back(LetterPart{.text = std::string(cells[0])});
    for (std::size_t i = 1; i < cells.size(); i += 2) {
      const auto senders = parse_number(cells[i + 1]);
      if (!senders) return {};
      part.values.push_back({std::string(cells[i]), *senders});
    }
  }
  return parts;
}

std::string spans_text(const std::vector<campaigns::Span>& spans) {
  std::string out;
  for (const campaigns::Span& each : spans) {
    if (!out.empty()) out += ' ';
    out += std::to_string(each.begin) + "-" + std::to_string(each.end);
  }
  return out;
}

std::vector<campaigns::Span> spans_in(std::string_view text, std::size_t size) {
  std::vector<campaigns::Span> spans;
  if (text.empty()) return spans;
  std::int64_t last = 0;
  for (const std::string_view each : split_at(text, ' ')) {
    const std::size_t middle = std::min(each.find('-'), each.size());
    const auto begin = parse_number(each.substr(0, middle));
    const auto end = parse_number(each.substr(std::min(middle + 1, each.size())));
    if (!begin || !end || *begin < last || *end <= *begin || *end > static_cast<std::int64_t>(size))
      continue;
    spans.push_back({static_cast<std::uint32_t>(*begin), static_cast<std::uint32_t>(*end)});
    last = *end;
  }
  return spans;
}

std::string beginning_of(const std::vector<LetterPart>& parts) {
  std::string words;
  for (const LetterPart& part : parts) {
    if (!words.empty() && words.back() != ' ') words += ' ';
    words += part.is_slot() ? "…" : part.text;
    if (count_chars(words) > beginning_chars_max) break;
  }
  for (char& c : words)
    if (c == '\n') c = ' ';
  std::string_view head = first_chars(words, beginning_chars_max);
  if (head.size() < words.size()) {
    const std::size_t gap = head.rfind(' ');
    if (gap != std::string_view::npos && gap > 0) head = head.substr(0, gap);
  }
  return std::string(trimmed(head));
}

bool LetterReading::is_letter() const {
  const LetterLimits& limits = letter_limits();
  const std::int64_t fits_min =
      kind == campaigns::Kind::merged ? limits.merged_fits_percent_min : limits.fits_percent_min;
  return members >= limits.senders_min && fits_percent() >= fits_min &&
         sentence_slots_percent <= limits.sentence_slots_percent_max;
}

std::optional<std::string> clause_of(const std::map<std::string, std::int64_t>& by_clause) {
  const LetterLimits& limits = letter_limits();
  std::int64_t all = 0;
  for (const auto& [clause, senders] : by_clause) all += senders;
  for (const auto& [clause, senders] : by_clause) {
    // What is gone from the draft is no clause that all of them speak of.
    if (clause.empty()) continue;
    const std::int64_t least =
        clause == "all" ? limits.whole_draft_percent_min : limits.one_clause_percent_min;
    if (senders * 100 >= all * least) return clause;
  }
  return std::nullopt;
}

}  // namespace ln::consultation
