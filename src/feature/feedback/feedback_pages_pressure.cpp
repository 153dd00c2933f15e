#include "feature/feedback/feedback_pages_pressure.h"

#include <string>

#include "base/text.h"
#include "feature/feedback/feedback_actions_pressure.h"
#include "feature/feedback/feedback_pages_card.h"
#include "feature/feedback/feedback_pages_case_view.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_store.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback {
namespace {

using html::Fragment;
using html::Url;

constexpr std::int64_t told_max = 25;

TextKey name_of(Pressure pressure) {
  switch (pressure) {
    case Pressure::none: return "feedback.pressure.none"_t;
    case Pressure::pressed: return "feedback.pressure.pressed"_t;
    case Pressure::unsaid: return "feedback.pressure.unsaid"_t;
  }
  return {};
}

struct Answered {
  std::string answer = {}, text = {};
  const Error* error = nullptr;
};

std::string question_html(const html::View& view, const Feedback& f, const Answered& with) {
  Fragment body = html::back_link(view, Url::in(view, "/feedback/", f.code.text()));
  body += html::error_summary(view, with.error);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", view("feedback.pressure.title"_t),
           view("feedback.pressure.lead"_t));
  std::vector<html::Choice> choices;
  for (const Pressure each : all_pressures)
    choices.push_back({.value = to_text(each), .text = view(name_of(each))});
  Fragment fields = html::radios(view, {.name = "answer",
                                        .legend = {view("feedback.pressure.question"_t)},
                                        .error = html::error_for(view, with.error, "answer"),
                                        .choices = choices,
                                        .values = {with.answer}});
  fields += html::textarea(
      view, {.name = "text",
             .label = {.text = view("feedback.pressure.text"_t), .is_optional = true},
             .hint = view("feedback.pressure.text_hint"_t),
             .error = html::error_for(view, with.error, "text"),
             .value = with.text,
             .rows = 5,
             .chars_max = static_cast<int>(pressure_chars_max)});
  fields += html::button({.text = view("feedback.pressure.send"_t), .once = true});
  body += html::form(view, {.action = Url::in(view, "/feedback/", f.code.text(), "/pressure"),
                            .body = std::move(fields)});
  return html::page(view, {.title = view("feedback.pressure.title"_t),
                           .body = html::columns({.body = std::move(body), .is_narrow = true}),
                           .has_errors = with.error != nullptr,
                           .is_unlisted = true});
}

// The holder's case with an open question, or where to go instead.
struct AskedOfSender {
  std::optional<Feedback> feedback{};
  std::optional<people::Citizen> citizen{};
  http::Response otherwise{};
};
Result<AskedOfSender> asked_case(const http::Request& request, db::Read& read) {
  const auto code = Code::parse(request.path_text("code"));
  if (!code) return Error{ErrorKind::not_found, "feedback.error.code_form"_t};
  AskedOfSender asked;
  asked.citizen = people::citizen_of(request, code->text());
  auto own = asked.citizen ? open(read, *asked.citizen, *code)
                           : Result<Feedback>(Error{ErrorKind::not_found, {}});
  if (!own.ok())
    asked.otherwise = http::page(404, locked_html(request.view, *code, false));
  else if (own.value().erased_at || !open_question(read, own.value().id))
    asked.otherwise = http::see_other("/feedback/" + code->text());
  else
    asked.feedback = std::move(own).value();
  return asked;
}

Fragment told_row(const html::View& view,
                  const PressureTold& told,
                  const std::optional<Feedback>& feedback,
                  staff::Names& names) {
  Fragment out;
  out.add(R"(<h2 class="h-m">{}</h2><p>{} · {}</p>)",
          feedback ? feedback->code.shown() : std::string(),
          html::day(view, local_day(told.answered_at)),
          view.voice("feedback.pressure.round"_t, {{"days", view.voice.number(told.round)}}));
  if (feedback)
    out.add(
        R"(<p>{} <span lang="vi">{}</span></p>)", view("feedback.pressure.about"_t),
        names.of_unit(feedback->object_unit.value != 0 ? feedback->object_unit : feedback->unit));
  if (told.text.empty())
    out.add("<p>{}</p>", view("feedback.pressure.no_words"_t));
  else
    out.add(R"(<div class="quote">{}</div><p></p>)", told.text);
  if (told.taken_up_at)
    out.add("<p>{}</p>", view.voice("feedback.pressure.taken_up"_t,
                                    {{"name", names.of_account(told.taken_up_by)},
                                     {"at", view.voice.moment(*told.taken_up_at)}}));
  else
    out += html::form(
        view, {.action = Url::in(view, "/staff/supervision/pressure/", std::to_string(told.id)),
               .body = html::button({.text = view("feedback.pressure.take_up"_t),
                                     .kind = html::ButtonKind::secondary})});
  return html::fill(R"(<li class="card">{}</li>)", out);
}

}  // namespace

Result<http::Response> pressure_page(const http::Request& request, db::Read& read) {
  TRY(AskedOfSender asked, asked_case(request, read));
  if (!asked.feedback) return std::move(asked.otherwise);
  return http::page(200, question_html(request.view, *asked.feedback, {}));
}

Result<http::Pending> pressure_post(const http::Request& request, db::Read& read, Instant now) {
  TRY(AskedOfSender asked, asked_case(request, read));
  if (!asked.feedback) return http::Pending::answer(std::move(asked.otherwise));
  const auto answer = from_word(all_pressures, request.form.text("answer"));
  const std::string text(request.form.text("text"));
  if (!answer) {
    const Error error{ErrorKind::invalid,
                      "feedback.error.pressure_unanswered"_t,
                      {{"answer", "feedback.error.pressure_unanswered"_t}}};
    return http::Pending::answer(
        http::page(422, question_html(request.view, *asked.feedback, {{}, text, &error})));
  }
  const PressureAct act{.citizen = *asked.citizen,
                        .code = asked.feedback->code,
                        .answer = *answer,
                        .text = text,
                        .now = now};
  return http::Pending::commit(
      [act](db::Write& write) { return answer_about_pressure(write, act); },
      [&request, act, feedback = *asked.feedback](const Result<Done>& done, std::string_view) {
        const std::string back = "/feedback/" + act.code.text();
        if (done.ok()) return http::see_other(back + "?done=1");
        // Pressed twice: it is answered.
        if (done.error().kind == ErrorKind::conflict) return http::see_other(back);
        if (done.error().kind != ErrorKind::invalid)
          return http::error_response(request, done.error());
        return http::page(
            422, question_html(request.view, feedback,
                               {std::string(to_text(act.answer)), act.text, &done.error()}));
      });
}

Result<http::Response> pressed_page(const http::Request& request,
                                    db::Read& read,
                                    people::Supervisor supervisor) {
  const html::View view = people::view_of(request, supervisor.staff());
  auto told = pressed(read, request.query.number("before").value_or(0), told_max + 1);
  const bool has_more = std::ssize(told) > told_max;
  if (has_more) told.pop_back();
  const PressureCounts counts = count_pressure(read);
  staff::Names names(read);
  Fragment body = html::back_link(view, Url::in(view, "/staff/supervision"));
  body.add(
      R"(<h1 class="h-l">{}</h1><p class="lead">{}</p><p>{}</p>)", view("feedback.pressure.list"_t),
      view("feedback.pressure.list_lead"_t),
      view.voice("feedback.pressure.counts"_t, {{"asked", view.voice.number(counts.asked)},
                                                {"answered", view.voice.number(counts.answered)},
                                                {"pressed", view.voice.number(counts.pressed)},
                                                {"waiting", view.voice.number(counts.waiting)}}));
  if (told.empty())
    body += html::nothing_here(view("feedback.pressure.nobody"_t));
  else
    body.add(R"(<ul class="plain">{}</ul>)", [&](Fragment& list) {
      for (const PressureTold& each : told)
        list += told_row(view, each, find(read, each.feedback), names);
    });
  if (has_more)
    body += html::pager(
        view,
        {.next = Url::in(view, "/staff/supervision/pressure").with("before", told.back().id)});
  return http::page(
      200, html::page(view, {.title = view("feedback.pressure.list"_t),
                             .here = "/staff",
                             .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                             .is_staff = true,
                             .is_unlisted = true}));
}

Result<http::Pending> take_up_post(const http::Request& request,
                                   people::Supervisor supervisor,
                                   Instant now) {
  const auto id = parse_number(request.path_text("id"));
  if (!id) return Error{ErrorKind::not_found, "feedback.error.taken_up"_t};
  return http::Pending::commit(
      [supervisor, id = *id, now](db::Write& write) {
        return take_up_pressure(write, supervisor, id, now);
      },
      // Somebody was faster: the list says who.
      [](const Result<Done>&, std::string_view) {
        return http::see_other("/staff/supervision/pressure");
      });
}

bool is_asked_about_pressure(db::Read& read, FeedbackId id) {
  return open_question(read, id).has_value();
}

Fragment pressure_card(const html::View& view, const Feedback& feedback, bool is_asked) {
  if (!is_asked) return {};
  return html::card({.icon_name = "shield-check",
                     .heading = view("feedback.pressure.title"_t),
                     .body = html::fill(
                         R"(<p>{}</p><p><a href="{}">{}</a></p>)", view("feedback.pressure.card"_t),
                         Url::in(view, "/feedback/", feedback.code.text(), "/pressure"),
                         view("feedback.pressure.go"_t)),
                     .is_tinted = true});
}

}  // namespace ln::feedback
