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

// Of a key with a space at both ends.
std::string_view first_syllable(std::string_view key) {
  key.remove_prefix(1);
  return key.substr(0, key.find(' '));
}

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
    const std::size_t place = lexicon.phrases_.size() - 1;
    const Phrase& phrase = lexicon.phrases_.back();
    lexicon.marked_[std::string(first_syllable(phrase.marked))].push_back(place);
    lexicon.folded_[std::string(first_syllable(phrase.folded))].push_back(place);
    lexicon.as_of_ = std::max(lexicon.as_of_.value_or(*since), *since);
  }
  return lexicon;
}

// One walk over the text, whatever the length of the list: this runs for every case that is sent.
std::vector<bool> Lexicon::standing_in(std::string_view key,
                                       const BySyllable& index,
                                       std::string Phrase::* spelling) const {
  std::vector<bool> standing(phrases_.size());
  for (std::size_t at = 0; at + 1 < key.size(); at = key.find(' ', at + 1)) {
    const auto begun = index.find(first_syllable(key.substr(at)));
    if (begun == index.end()) continue;
    for (const std::size_t place : begun->second)
      if (key.substr(at).starts_with(phrases_[place].*spelling)) standing[place] = true;
  }
  return standing;
}

std::optional<Suspicion> Lexicon::weigh(std::string_view text, Day day) const {
  text = text.substr(0, text_size_max);
  const std::string marked = text::marked(text), folded = text::fold(marked);
  const bool is_marked = marked != folded;
  const std::string key = spaced(is_marked ? marked : folded);
  const std::vector<bool> standing = is_marked ? standing_in(key, marked_, &Phrase::marked)
                                               : standing_in(key, folded_, &Phrase::folded);
  std::optional<Suspicion> best;
  for (const Sort sort : all_sorts) {
    Suspicion found{.sort = sort};
    for (std::size_t place = 0; place < phrases_.size(); ++place) {
      const Phrase& phrase = phrases_[place];
      if (!standing[place] || phrase.sort != sort || day < phrase.since) continue;
      found.weight += phrase.weight;
      if (phrase.weight > 0) found.phrases.push_back(phrase.shown);
    }
    if (found.weight >= asks_from && (!best || found.weight > best->weight))
      best = std::move(found);
  }
  return best;
}

}  // namespace ln::petition
