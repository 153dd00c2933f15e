#include "app/arguments.h"

#include <algorithm>
#include <cstdio>

#include "base/text.h"

namespace ln::app {
namespace {

[[noreturn]] void refuse_unknown(std::string_view name, std::span<const Option> known) {
  std::vector<std::string_view> names = {"help"};
  for (const Option& option : known) names.push_back(option.name);
  const std::string_view near = nearest(name, names);
  const std::string option = "--" + std::string(name);
  if (near.empty()) throw Misuse{{"cli.error.unknown_option"_t, {{"option", option}}}};
  throw Misuse{
      {"cli.error.misspelt_option"_t, {{"option", option}, {"nearest", "--" + std::string(near)}}}};
}

// How many letters must be changed, added, taken away or exchanged with their neighbour to make
// `one` of `other` (optimal string alignment).
std::size_t distance(std::string_view one, std::string_view other) {
  std::vector<std::vector<std::size_t>> table(one.size() + 1,
                                              std::vector<std::size_t>(other.size() + 1));
  for (std::size_t i = 0; i <= one.size(); ++i) table[i][0] = i;
  for (std::size_t j = 0; j <= other.size(); ++j) table[0][j] = j;
  for (std::size_t i = 1; i <= one.size(); ++i) {
    for (std::size_t j = 1; j <= other.size(); ++j) {
      const std::size_t changed = table[i - 1][j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
      table[i][j] = std::min({table[i - 1][j] + 1, table[i][j - 1] + 1, changed});
      if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
        table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
    }
  }
  return table[one.size()][other.size()];
}

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> known) {
  constexpr std::size_t word_size_max = 64;
  if (word.empty() || word.size() > word_size_max) return {};
  std::string_view best;
  std::size_t least = 0;
  for (const std::string_view each : known) {
    const bool begins = each.starts_with(word) || word.starts_with(each);
    const std::size_t far = begins ? 1 : distance(word, each);
    if (far > std::max<std::size_t>(2, each.size() / 3) || (!best.empty() && far >= least))
      continue;
    best = each;
    least = far;
  }
  return best;
}

Arguments::Arguments(std::span<const std::string_view> words, std::span<const Option> known) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (!word.starts_with("--") || word.size() == 2) {
      words_.emplace_back(word);
      continue;
    }
    const std::size_t equals = std::min(word.find('='), word.size());
    const std::string_view name = word.substr(2, equals - 2);
    const auto option = std::ranges::find(known, name, &Option::name);
    if (option == known.end()) refuse_unknown(name, known);
    const bool has_value = equals < word.size();
    const std::string shown = "--" + std::string(name);
    if (option->value.empty() && has_value)
      throw Misuse{{"cli.error.takes_no_value"_t, {{"option", shown}}}};
    if (!option->value.empty() && !has_value && i + 1 == words.size())
      throw Misuse{
          {"cli.error.needs_value"_t, {{"option", shown}, {"value", std::string(option->value)}}}};
    options_[std::string(name)] = option->value.empty() ? ""
                                  : has_value           ? word.substr(equals + 1)
                                                        : words[++i];
    given_.emplace_back(name, options_[std::string(name)]);
  }
}

std::vector<std::string> Arguments::all(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [given, value] : given_)
    if (given == name) values.push_back(value);
  return values;
}

std::optional<std::string> Arguments::find(std::string_view name) const {
  const auto found = options_.find(name);
  return found == options_.end() ? std::nullopt : std::optional(found->second);
}

std::string Arguments::text(std::string_view name, std::string_view otherwise) const {
  return find(name).value_or(std::string(otherwise));
}

std::string Arguments::needed(std::string_view name) const {
  auto found = find(name);
  if (!found || found->empty())
    throw Misuse{{"cli.error.missing_option"_t, {{"option", "--" + std::string(name)}}}};
  return *std::move(found);
}

std::int64_t Arguments::number(std::string_view name,
                               std::int64_t otherwise,
                               std::int64_t least,
                               std::int64_t most) const {
  const auto found = find(name);
  if (!found) return otherwise;
  const auto number = parse_number(*found);
  if (!number || *number < least || *number > most)
    throw Misuse{{"cli.error.no_number"_t,
                  {{"option", "--" + std::string(name)},
                   {"least", std::to_string(least)},
                   {"most", std::to_string(most)}}}};
  return *number;
}

bool Arguments::either(std::string_view name,
                       std::string_view yes,
                       std::string_view no,
                       bool otherwise) const {
  const auto found = find(name);
  if (!found) return otherwise;
  if (*found != yes && *found != no)
    throw Misuse{{"cli.error.no_such_value"_t,
                  {{"option", "--" + std::string(name)},
                   {"values", std::string(yes) + ", " + std::string(no)}}}};
  return *found == yes;
}

std::optional<Instant> Arguments::instant(std::string_view name) const {
  const auto found = find(name);
  if (!found) return std::nullopt;
  int year = 0;
  unsigned month = 0, day = 0;
  int hour = 0, minute = 0, second = 0;
  char zone = 0;
  const int read = std::sscanf(found->c_str(), "%4d-%2u-%2uT%2d:%2d:%2d%c", &year, &month, &day,
                               &hour, &minute, &second, &zone);
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(day)};
  if (read != 7 || zone != 'Z' || !date.ok() || hour < 0 || hour > 23 || minute < 0 ||
      minute > 59 || second < 0 || second > 59)
    throw Misuse{{"cli.error.no_instant"_t, {{"option", "--" + std::string(name)}}}};
  return Instant(std::chrono::sys_days(date)) + std::chrono::hours(hour) +
         std::chrono::minutes(minute) + std::chrono::seconds(second);
}

void Arguments::expect_words(std::size_t count) const {
  if (words_.size() > count) throw Misuse{{"cli.error.extra_word"_t, {{"word", words_[count]}}}};
  if (words_.size() < count) throw Misuse{{"cli.error.missing_word"_t}};
}

}  // namespace ln::app
