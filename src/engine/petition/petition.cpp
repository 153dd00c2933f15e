#include "engine/petition/petition.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "engine/text/text.h"

namespace ln::petition {
namespace {

constexpr std::array all_sorts = {Sort::complaint, Sort::denunciation};

std::string_view next_cell(std::string_view& line) {
  const std::size_t end = std::min(line.find(','), line.size());
  const std::string_view cell = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return cell;
}

std::optional<Day> iso_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto part = [&](std::size_t at, std::size_t size) {
    int value = 0;
    for (const char c : text.substr(at, size)) {
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  const int year = part(0, 4), month = part(5, 2), day = part(8, 2);
  if (year < 0 || month < 0 || day < 0) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  return date.ok() ? std::optional(Day{date}) : std::nullopt;
}

// "-8", "10"; null beyond weight_max and for nothing at all.
std::optional<int> weight_of(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  const auto value = parse_number(text);
  if (!value || *value < 1 || *value > weight_max) return std::nullopt;
  return static_cast<int>(is_negative ? -*value : *value);
}

std::string spaced(std::string_view key) { return " " + std::string(key) + " "; }

}  // namespace

std::string_view to_text(Sort sort) {
  return sort == Sort::complaint ? "complaint" : "denunciation";
}

std::optional<Sort> sort_of(std::string_view word) {
  for (const Sort sort : all_sorts)
    if (to_text(sort) == word) return sort;
  return std::nullopt;
}

Lexicon Lexicon::read(std::string_view csv) {
  Lexicon lexicon;
  for (std::size_t number = 1; !csv.empty(); ++number) {
    const std::size_t end = std::min(csv.find('\n'), csv.size());
    std::string_view line = trimmed(csv.substr(0, end));
    csv.remove_prefix(std::min(end + 1, csv.size()));
    if (number == 1 || line.empty()) continue;
    const auto sort = sort_of(next_cell(line));
    const std::string_view language = next_cell(line);
    const auto weight = weight_of(next_cell(line));
    const auto since = iso_day(next_cell(line));
    const bool fits = sort && (language == "vi" || language == "en") && weight && since &&
                      line.size() <= phrase_size_max && lexicon.phrases_.size() < phrases_max;
    const std::string marked = fits ? text::marked(line) : std::string();
    if (marked.empty()) {
      lexicon.bad_lines_.push_back(number);
      continue;
    }
    lexicon.phrases_.push_back(
        {*sort, *weight, *since, text::to_nfc(line), spaced(marked), spaced(text::fold(marked))});
    lexicon.as_of_ = std::max(lexicon.as_of_.value_or(*since), *since);
  }
  return lexicon;
}

std::optional<Suspicion> Lexicon::weigh(std::string_view text, Day day) const {
  text = text.substr(0, text_size_max);
  const bool is_marked = text::has_marks(text);
  const std::string key = spaced(is_marked ? text::marked(text) : text::fold(text));
  std::optional<Suspicion> best;
  for (const Sort sort : all_sorts) {
    Suspicion found{.sort = sort};
    for (const Phrase& phrase : phrases_) {
      if (phrase.sort != sort || day < phrase.since) continue;
      if (key.find(is_marked ? phrase.marked : phrase.folded) == std::string::npos) continue;
      found.weight += phrase.weight;
      if (phrase.weight > 0) found.phrases.push_back(phrase.shown);
    }
    if (found.weight >= asks_from && (!best || found.weight > best->weight))
      best = std::move(found);
  }
  return best;
}

}  // namespace ln::petition
