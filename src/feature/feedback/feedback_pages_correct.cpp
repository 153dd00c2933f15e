#include "feature/feedback/feedback_pages_correct.h"

#include "base/text.h"
#include "core/people/people_citizen_session.h"
#include "feature/feedback/feedback_actions_help.h"
#include "feature/feedback/feedback_pages_case_view.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback {
namespace {

using html::Fragment;
using html::Url;

std::string form_to_correct(const html::View& view,
                            const Feedback& f,
                            std::string_view text,
                            Instant until,
                            const Error* error) {
  Fragment body = html::back_link(view, Url::in(view, "/feedback/", f.code.text()));
  body += html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p><p>{}</p>)",
           view("feedback.correct.title"_t), view("feedback.correct.lead"_t),
           view.voice("feedback.correct.until"_t, {{"at", view.voice.moment(until)}}));
  Fragment fields = html::textarea(view, {.name = "text",
                                          .label = {view("feedback.form.story.body"_t)},
                                          .error = html::error_for(view, error, "text"),
                                          .value = text,
                                          .rows = 10,
                                          .chars_max = static_cast<int>(body_chars_max)});
  fields += html::button({.text = view("feedback.correct.send"_t), .once = true});
  body += html::form(view, {.action = Url::in(view, "/feedback/", f.code.text(), "/correct"),
                            .body = std::move(fields)});
  return html::page(view, {.title = view("feedback.correct.title"_t),
                           .body = html::columns({.body = std::move(body), .is_narrow = true}),
                           .has_errors = error != nullptr,
                           .is_unlisted = true});
}

// The holder's case that may still be corrected, or where to go instead.
struct ToCorrect {
  std::optional<Feedback> feedback{};
  std::optional<people::Citizen> citizen{};
  Intake intake{};
  http::Response otherwise{};
};
Result<ToCorrect> case_to_correct(const http::Request& request, db::Read& read, Instant now) {
  const auto code = Code::parse(request.path_text("code"));
  if (!code) return Error{ErrorKind::not_found, "feedback.error.code_form"_t};
  ToCorrect found;
  found.citizen = people::citizen_of(request, code->text());
  auto own = found.citizen ? open(read, *found.citizen, *code)
                           : Result<Feedback>(Error{ErrorKind::not_found, {}});
  if (!own.ok()) {
    found.otherwise = http::page(404, locked_html(request.view, *code, false));
    return found;
  }
  const auto intake = intake_of(read, own.value().id);
  if (!intake || !may_correct(own.value(), *intake, now)) {
    found.otherwise = http::see_other("/feedback/" + code->text() + "?late=1");
    return found;
  }
  found.intake = *intake;
  found.feedback = std::move(own).value();
  return found;
}

}  // namespace

Result<http::Response> correct_page(const http::Request& request, db::Read& read, Instant now) {
  TRY(ToCorrect found, case_to_correct(request, read, now));
  if (!found.feedback) return std::move(found.otherwise);
  return http::page(200, form_to_correct(request.view, *found.feedback, found.feedback->body,
                                         found.intake.correct_until, nullptr));
}

Result<http::Pending> correct_post(const http::Request& request,
                                   db::Read& read,
                                   Random& random,
                                   Instant now) {
  TRY(ToCorrect found, case_to_correct(request, read, now));
  if (!found.feedback) return http::Pending::answer(std::move(found.otherwise));
  const CitizenAct act{.citizen = *found.citizen,
                       .code = found.feedback->code,
                       .salts = ledger::draw(random),
                       .now = now,
                       .text = std::string(trimmed(request.form.text("text")))};
  return http::Pending::commit(
      [act](db::Write& write) { return correct(write, act); },
      [&request, act, feedback = *found.feedback, until = found.intake.correct_until](
          const Result<Feedback>& done, std::string_view) {
        const std::string back = "/feedback/" + act.code.text();
        if (done.ok()) return http::see_other(back + "?done=1");
        if (done.error().kind == ErrorKind::conflict) return http::see_other(back + "?late=1");
        if (done.error().kind != ErrorKind::invalid)
          return http::error_response(request, done.error());
        return http::page(422,
                          form_to_correct(request.view, feedback, act.text, until, &done.error()));
      });
}

Fragment intake_card(const html::View& view,
                     const Feedback& feedback,
                     const std::optional<Intake>& intake,
                     Instant now) {
  if (!intake) return {};
  Fragment body = html::fill("<p>{}</p>", view("feedback.correct.helped"_t));
  std::vector<html::Fact> facts = {
      {view("feedback.intake.channel"_t), html::fill("{}", view(key_of(intake->channel)))}};
  if (intake->stated_at)
    facts.push_back({view("feedback.intake.stated"_t), html::moment(view, *intake->stated_at)});
  else if (intake->stated_on)
    facts.push_back({view("feedback.intake.stated"_t), html::day(view, *intake->stated_on)});
  body += html::facts(facts);
  if (may_correct(feedback, *intake, now))
    body.add(
        R"(<p>{}</p><p><a href="{}">{}</a></p>)",
        view.voice("feedback.correct.until"_t, {{"at", view.voice.moment(intake->correct_until)}}),
        Url::in(view, "/feedback/", feedback.code.text(), "/correct"),
        view("feedback.correct.title"_t));
  return html::card({.icon_name = "pencil",
                     .heading = view("feedback.correct.card"_t),
                     .body = std::move(body),
                     .is_tinted = true});
}

}  // namespace ln::feedback
