// A day that somebody typed into the three fields of html::date_input.
#pragma once

#include <optional>
#include <string>

#include "base/time.h"
#include "platform/http/http.h"

namespace ln::feedback {

// From NAME-day, NAME-month and NAME-year, of the years 2000 to 9999; "07" is 7. Null when it is no
// date.
std::optional<Day> day_typed(const http::Fields& form, const std::string& name);
// The three fields with `day` in them.
void add_day(http::Fields& form, const std::string& name, Day day);
// Whether nothing is typed in any of the three.
bool is_day_empty(const http::Fields& form, const std::string& name);

}  // namespace ln::feedback
