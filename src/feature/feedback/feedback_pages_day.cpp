#include "feature/feedback/feedback_pages_day.h"

#include "base/text.h"

namespace ln::feedback {

std::optional<Day> day_typed(const http::Fields& form, const std::string& name) {
  const auto number = [&](const std::string& part) {
    std::string_view text = trimmed(form.text(name + "-" + part));
    if (text.size() == 2 && text[0] == '0') text.remove_prefix(1);
    return parse_number(text).value_or(0);
  };
  const auto day = number("day"), month = number("month"), year = number("year");
  if (day < 1 || day > 31 || month < 1 || month > 12 || year < 2000 || year > 9999)
    return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(year)),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day)));
  return date.ok() ? std::optional(Day{date}) : std::nullopt;
}

void add_day(http::Fields& form, const std::string& name, Day day) {
  const std::chrono::year_month_day date{day};
  form.add(name + "-day", std::to_string(static_cast<unsigned>(date.day())));
  form.add(name + "-month", std::to_string(static_cast<unsigned>(date.month())));
  form.add(name + "-year", std::to_string(static_cast<int>(date.year())));
}

bool is_day_empty(const http::Fields& form, const std::string& name) {
  return trimmed(form.text(name + "-day")).empty() && trimmed(form.text(name + "-month")).empty() &&
         trimmed(form.text(name + "-year")).empty();
}

}  // namespace ln::feedback
