#include "core/units/units_csv_cells.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "base/text.h"

namespace ln::units {
namespace {

// A number of exactly `digits` digits, leading zeros allowed.
std::optional<int> parse_digits(std::string_view text, std::size_t digits) {
  if (text.size() != digits) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

// The text up to `separator`, which is taken away with it.
std::string_view take(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view first = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return first;
}

// "08:30" as minutes after midnight; "24:00" is the end of the day.
std::optional<int> parse_minute(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = parse_digits(text.substr(0, 2), 2), minute = parse_digits(text.substr(3), 2);
  if (!hour || !minute || *minute > 59) return std::nullopt;
  const int all = *hour * 60 + *minute;
  return all <= 24 * 60 ? std::optional(all) : std::nullopt;
}

struct Weekdays {
  int first;
  int last;
};

// "6" or "1-5".
std::optional<Weekdays> parse_weekdays(std::string_view text) {
  const auto first = parse_digits(take(text, '-'), 1);
  const auto last = text.empty() ? first : parse_digits(text, 1);
  if (!first || !last || *first < 1 || *last > 7 || *last < *first) return std::nullopt;
  return Weekdays{*first, *last};
}

}  // namespace

bool is_code(std::string_view text) {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.';
  };
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, is_allowed);
}

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = parse_digits(text.substr(0, 4), 4);
  const auto month = parse_digits(text.substr(5, 2), 2);
  const auto day = parse_digits(text.substr(8), 2);
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  return date.ok() ? std::optional(Day(date)) : std::nullopt;
}

std::optional<std::vector<Hours>> parse_hours(std::string_view text) {
  std::vector<Hours> all;
  std::array<bool, 8> seen{};
  while (!text.empty()) {
    std::string_view group = trimmed(take(text, ';'));
    const auto days = parse_weekdays(take(group, ' '));
    if (!days || group.empty()) return std::nullopt;
    for (int day = days->first; day <= days->last; ++day) {
      if (std::exchange(seen[static_cast<std::size_t>(day)], true)) return std::nullopt;
      int free_from = -1;
      for (std::string_view stretches = group; !stretches.empty();) {
        std::string_view stretch = take(stretches, ' ');
        const auto opens = parse_minute(take(stretch, '-')), closes = parse_minute(stretch);
        if (!opens || !closes || *opens <= free_from || *closes <= *opens) return std::nullopt;
        all.push_back({day, *opens, *closes});
        free_from = *closes;
      }
    }
  }
  return all;
}

}  // namespace ln::units
