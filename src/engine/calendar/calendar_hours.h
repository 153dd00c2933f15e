// Office hours as a line that a person can type and read:
//
//   08:00-12:00 13:00-17:00                  Monday to Friday
//   07:30-11:30 13:30-17:00; 08:00-11:30     and a desk on Saturday
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/calendar/calendar.h"

namespace ln::calendar {

inline constexpr std::size_t hours_line_size_max = 100;
inline constexpr std::size_t hours_spans_max = 4;  // of one day

// Null for what is no such line, is longer than hours_line_size_max, has more spans than
// hours_spans_max, or hours that are not is_valid(); also for less than four hours on a weekday,
// with which a limit in hours would take weeks.
std::optional<OfficeHours> read_hours(std::string_view line);
// The line that read_hours reads back.
std::string to_text(const OfficeHours& hours);

}  // namespace ln::calendar
