// What stands in the cells of the CSV files: codes, days, opening hours. Null for what is not one.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "core/units/units.h"

namespace ln::units {

// 1 to 64 of A–Z, a–z, 0–9, '-', '.': what may stand in a URL as it is.
bool is_code(std::string_view text);
// "2025-07-01", a day that exists.
std::optional<Day> parse_day(std::string_view text);
// "1-5 08:00-12:00 13:00-17:00; 6 08:00-12:00": weekdays (1 is Monday), then stretches of the day
// in order, none touching another. Empty text is no hours.
std::optional<std::vector<Hours>> parse_hours(std::string_view text);

}  // namespace ln::units
