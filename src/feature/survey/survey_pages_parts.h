// What the pages of surveys share: names, badges, the fields of a form, and the answers typed in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "feature/survey/survey_actions.h"
#include "platform/html/fill.h"
#include "platform/html/forms.h"
#include "platform/html/spoken.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

namespace ln::survey {

html::Spoken title_of(const html::View& view, const Survey& survey);
html::Spoken words_of(const html::View& view, const Words& words);
html::Url page_of(const html::View& view, SurveyId id);
html::Url form_url(const html::View& view, const Form& form);
std::string name_of_unit(const html::View& view, db::Read& read, units::UnitId id);
html::Fragment stage_badge(const html::View& view, const Survey& survey);
html::Fragment unconfirmed_badge(const html::View& view);
// What one class of a question is called.
html::Spoken class_name(const html::View& view, const Question& question, std::int64_t value);
html::Fragment hash_shown(std::string_view bytes);
// "dòng 1.234", with a way to it.
html::Fragment line_shown(const html::View& view, std::int64_t line);

// The survey in the path, with its form. Refuses (not_found).
struct Sheet {
  Survey survey{};
  Form form{};
  std::string unit{};
};
Result<Sheet> sheet_in(const http::Request& request, db::Read& read);
std::optional<Sheet> sheet_of(const html::View& view, db::Read& read, SurveyId id);

// All questions of a form with what was typed, errors beside them. The whole stands on one page, in
// sections, so that it works without a script and Back loses nothing.
html::Fragment fields_of(const html::View& view,
                         const Form& form,
                         const TypedAnswer& typed,
                         const Error* error);
TypedAnswer typed_answer(const Form& form, const http::Fields& fields);

// "2026-11-23" and "10:00" as a browser sends them; null for anything else.
std::optional<Day> typed_day(std::string_view text);
std::optional<Instant> typed_moment(std::string_view day, std::string_view time);

http::Response survey_page(const html::View& view,
                           std::string_view title,
                           html::Fragment body,
                           bool is_cacheable = true);
struct StaffPage {
  std::string_view title = {};
  html::Fragment body = {};
  const Error* error = nullptr;
};
http::Response staff_survey_page(const html::View& view, StaffPage&& parts);

}  // namespace ln::survey
