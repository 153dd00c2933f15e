#include "app/arguments.h"

#include <cstdio>

#include "base/text.h"

namespace ln::app {

Arguments::Arguments(std::span<char*> words, const std::set<std::string_view>& known) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (!word.starts_with("--")) {
      words_.emplace_back(word);
      continue;
    }
    const std::string_view name = word.substr(2);
    if (!known.contains(name)) throw Misuse{"there is no option " + std::string(word)};
    if (i + 1 == words.size()) throw Misuse{std::string(word) + " needs a value"};
    options_[std::string(name)] = words[++i];
  }
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
  if (!found) throw Misuse{"--" + std::string(name) + " is missing"};
  return *std::move(found);
}

std::int64_t Arguments::number(std::string_view name, std::int64_t otherwise) const {
  const auto found = find(name);
  if (!found) return otherwise;
  const auto number = parse_number(*found);
  if (!number) throw Misuse{"--" + std::string(name) + " needs a whole number"};
  return *number;
}

std::optional<Instant> Arguments::instant(std::string_view name) const {
  const auto found = find(name);
  if (!found) return std::nullopt;
  int year = 0;
  unsigned month = 0, day = 0;
  int hour = 0, minute = 0, second = 0;
  char zone = 0;
  const std::chrono::year_month_day date = [&] {
    if (std::sscanf(found->c_str(), "%4d-%2u-%2uT%2d:%2d:%2d%c", &year, &month, &day, &hour,
                    &minute, &second, &zone) != 7 ||
        zone != 'Z')
      throw Misuse{"--" + std::string(name) + " is written like 2026-11-23T02:00:00Z"};
    return std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(month),
                                       std::chrono::day(day));
  }();
  if (!date.ok() || hour > 23 || minute > 59 || second > 59)
    throw Misuse{"--" + std::string(name) + " is no instant"};
  return Instant(std::chrono::sys_days(date)) + std::chrono::hours(hour) +
         std::chrono::minutes(minute) + std::chrono::seconds(second);
}

}  // namespace ln::app
