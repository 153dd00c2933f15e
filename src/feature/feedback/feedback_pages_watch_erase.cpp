#include "feature/feedback/feedback_pages_watch_erase.h"

#include <string>

#include "base/text.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_pages_erase.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback::watch {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::size_t code_chars_max = 50;

std::string whole_page(const View& view, const Fragment& body, const Error* error) {
  return html::page(view, {.title = view("feedback.erasing.title"_t),
                           .here = "/staff",
                           .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                           .is_staff = true,
                           .has_errors = error != nullptr,
                           .is_unlisted = true});
}

Fragment head(const View& view, const Error* error) {
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("feedback.erasing.title"_t),
           view("feedback.erasing.lead"_t));
  return body;
}

std::string which_html(const View& view,
                       std::string_view typed,
                       std::string_view erased,
                       const Error* error,
                       bool has_calendar = false) {
  Fragment body;
  if (!erased.empty())
    body +=
        html::note({.kind = html::NoteKind::ok,
                    .body = html::fill("<p>{}</p>", view.voice("feedback.erasing.done"_t,
                                                               {{"code", std::string(erased)}})),
                    .is_status = true});
  body += head(view, error);
  Fragment fields = html::input(view, {.name = "code",
                                       .label = {view("feedback.find.code"_t)},
                                       .error = html::error_for(view, error, "code"),
                                       .value = typed,
                                       .width = 20,
                                       .autocomplete = "off",
                                       .autocapitalize = "characters",
                                       .spellcheck = false,
                                       .more_class = "code-input"});
  fields += html::button({.text = view("feedback.erasing.next"_t)});
  body += html::query_form({.action = Url::in(view, "/staff/erasure"), .body = std::move(fields)});
  body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/staff/routing"),
           view("feedback.rule.title"_t));
  // What else an administrator has to do; the ombudsman has not.
  if (has_calendar)
    body.add(R"(<p class="sp"><a href="{}">{}</a></p>)", Url::in(view, "/staff/calendar"),
             view("workdays.edit"_t));
  if (has_calendar)
    body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/staff/administration"),
             view("settings.title"_t));
  return whole_page(view, body, error);
}

// What is known of the case without a word of it, the reasons, and the button.
struct Shown {
  Feedback feedback;
  std::string unit;
};
std::string why_html(const View& view, const Shown& shown, const Error* error) {
  const Feedback& f = shown.feedback;
  Fragment body = html::back_link(view, Url::in(view, "/staff/erasure"));
  body += head(view, error);
  body += html::facts(std::vector<html::Fact>{
      {view("feedback.erased.code"_t), html::code(f.code.shown())},
      {view("feedback.erased.state"_t), html::fill("{}", staff::state_name(view, f.state))},
      {view("feedback.erased.received"_t), html::day(view, local_day(f.received_at))},
      {view("feedback.case.unit"_t), html::fill(R"(<span lang="vi">{}</span>)", shown.unit)}});
  body += what_goes_and_stays(view);
  html::Choices reasons{.name = "because",
                        .legend = {view("feedback.erasing.because"_t), html::Size::m},
                        .hint = view("feedback.erasing.because_hint"_t),
                        .error = html::error_for(view, error, "because")};
  for (const ErasedBecause each : staff_erased_because)
    reasons.choices.push_back({.value = to_text(each), .text = view(key_of(each))});
  Fragment fields = html::hidden("code", f.code.text());
  fields += html::radios(view, reasons);
  fields += html::button(
      {.text = view("feedback.erase.send"_t), .kind = html::ButtonKind::warning, .once = true});
  body += html::form(view, {.action = Url::in(view, "/staff/erasure"), .body = std::move(fields)});
  return whole_page(view, body, error);
}

Error at_code(TextKey text) { return {ErrorKind::invalid, text, {{"code", text}}}; }

}  // namespace

Result<http::Response> erasing_page(const http::Request& request,
                                    db::Read& read,
                                    Eraser eraser,
                                    Instant now) {
  const View view = people::view_of(request, eraser.staff());
  const std::string_view typed = first_chars(trimmed(request.query.text("code")), code_chars_max);
  const auto done = Code::parse(request.query.text("done"));
  if (typed.empty())
    return http::page(200, which_html(view, {}, done ? done->shown() : std::string(), nullptr,
                                      eraser.staff().has(people::Role::administrator)));
  const auto code = Code::parse(typed);
  auto found = code ? find_erasable(read, eraser, *code, now)
                    : Result<Feedback>(at_code("feedback.error.code_form"_t));
  if (!found.ok()) {
    const Error error = at_code(found.error().text);
    return http::page(422, which_html(view, typed, {}, &error));
  }
  const auto unit = units::find(read, found.value().unit);
  return http::page(
      200, why_html(view, {std::move(found).value(), unit ? unit->name : std::string()}, nullptr));
}

Result<http::Pending> erase_case(
    const http::Request& request, db::Read& read, Eraser eraser, Random& random, Instant now) {
  const View view = people::view_of(request, eraser.staff());
  const std::string_view typed = first_chars(trimmed(request.form.text("code")), code_chars_max);
  const auto code = Code::parse(typed);
  auto found = code ? find_erasable(read, eraser, *code, now)
                    : Result<Feedback>(at_code("feedback.error.code_form"_t));
  if (!found.ok()) {
    const Error error = at_code(found.error().text);
    return http::Pending::answer(http::page(422, which_html(view, typed, {}, &error)));
  }
  const auto because = from_word(staff_erased_because, request.form.text("because"));
  if (!because) {
    const Error error{ErrorKind::invalid,
                      "feedback.error.erase_reason"_t,
                      {{"because", "feedback.error.erase_reason"_t}}};
    const auto unit = units::find(read, found.value().unit);
    return http::Pending::answer(http::page(
        422,
        why_html(view, {std::move(found).value(), unit ? unit->name : std::string()}, &error)));
  }
  const std::string there(Url::in(view, "/staff/erasure").with("done", code->text()).view());
  return http::Pending::commit(
      [act = EraseAct{.eraser = eraser,
                      .code = *code,
                      .because = *because,
                      .salts = ledger::draw(random),
                      .now = now}](db::Write& write) -> Result<Feedback> {
        return erase(write, act);
      },
      [&request, there](const Result<Feedback>& done, std::string_view) {
        return done.ok() ? http::see_other(there) : http::error_response(request, done.error());
      });
}

}  // namespace ln::feedback::watch
