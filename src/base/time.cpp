#include "base/time.h"

#include <array>
#include <cstdio>

namespace ln {

std::string to_iso(Day day) {
  const std::chrono::year_month_day date(day);
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

std::string to_iso(Instant at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(at - day));
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), "T%02d:%02d:%02dZ",
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return to_iso(Day(day.time_since_epoch())) + text.data();
}

}  // namespace ln
