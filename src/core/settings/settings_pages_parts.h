// What the pages of administration share: their frame, the reason, and the day from which a change
// holds.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "platform/html/forms.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

namespace ln::settings {

// A page of administration for signed-in staff. `is_once`: it answers a form and shows what is not
// shown again.
std::string frame(const html::View& view,
                  std::string_view title,
                  html::Fragment body,
                  bool has_errors = false,
                  bool is_once = false);

// A form as somebody filled it in, and what is wrong with it; null when nothing is.
struct Filled {
  const html::View& view;
  const http::Fields& typed;
  const Error* error = nullptr;

  html::Fragment line(std::string_view name, TextKey label, TextKey hint = {}, int width = 0) const;
  html::Fragment lines(std::string_view name, TextKey label, TextKey hint, int rows) const;
  html::Fragment reason() const;
  // The day and the reason.
  html::Fragment when() const;
};

// The text of a field without white space at its ends.
std::string typed(const http::Fields& form, std::string_view name);
// From NAME-day, NAME-month, NAME-year: null when it is no date, today when nothing is typed.
std::optional<Day> typed_day(const http::Fields& form, const std::string& name, Day today);

// 409 when somebody else was faster, 403 for what may not be, else 422: of a form shown again.
int status_of_form(const Error& error);

}  // namespace ln::settings
