#include "core/settings/settings_pages_parts.h"

#include "base/text.h"
#include "platform/html/layout.h"

namespace ln::settings {

using html::Fragment;

std::string frame(
    const html::View& view, std::string_view title, Fragment body, bool has_errors, bool is_once) {
  return html::page(view, {.title = title,
                           .here = "/staff",
                           .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                           .is_staff = true,
                           .has_errors = has_errors,
                           .is_unlisted = true,
                           .is_once = is_once});
}

Fragment Filled::line(std::string_view name, TextKey label, TextKey hint, int width) const {
  return html::input(view, {.name = name,
                            .label = {view(label)},
                            .hint = hint.is_none() ? std::string_view() : view(hint),
                            .error = html::error_for(view, error, name),
                            .value = typed.text(name),
                            .width = width});
}

Fragment Filled::lines(std::string_view name, TextKey label, TextKey hint, int rows) const {
  return html::textarea(view, {.name = name,
                               .label = {view(label)},
                               .hint = hint.is_none() ? std::string_view() : view(hint),
                               .error = html::error_for(view, error, name),
                               .value = typed.text(name),
                               .rows = rows});
}

Fragment Filled::reason() const {
  return line("reason", "settings.reason"_t, "settings.reason_hint"_t);
}

Fragment Filled::when() const {
  Fragment fields = html::date_input(view, {.name = "from",
                                            .legend = {view("settings.from"_t), html::Size::s},
                                            .hint = view("settings.from_hint"_t),
                                            .error = html::error_for(view, error, "from"),
                                            .day = typed.text("from-day"),
                                            .month = typed.text("from-month"),
                                            .year = typed.text("from-year")});
  fields += reason();
  return fields;
}

std::string typed(const http::Fields& form, std::string_view name) {
  return std::string(trimmed(form.text(name)));
}

std::optional<Day> typed_day(const http::Fields& form, const std::string& name, Day today) {
  if (form.text(name + "-day").empty() && form.text(name + "-month").empty() &&
      form.text(name + "-year").empty())
    return today;
  constexpr std::int64_t year_min = 1900, year_max = 2200;
  // As people write it: "02", with a blank behind.
  const auto number = [&](const char* part) {
    std::string_view text = trimmed(form.text(name + part));
    if (text.size() == 2 && text[0] == '0') text.remove_prefix(1);
    return parse_number(text);
  };
  const auto day = number("-day"), month = number("-month"), year = number("-year");
  if (!day || !month || !year || *day < 1 || *day > 31 || *month < 1 || *month > 12 ||
      *year < year_min || *year > year_max)
    return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day)));
  return date.ok() ? std::optional(Day{date}) : std::nullopt;
}

int status_of_form(const Error& error) {
  if (error.kind == ErrorKind::conflict) return 409;
  return error.kind == ErrorKind::forbidden ? 403 : 422;
}

}  // namespace ln::settings
