// One question at the desk: answering it, joining it to another, hiding it.
#include <utility>

#include "base/text.h"
#include "feature/dialogue/dialogue_actions.h"
#include "feature/dialogue/dialogue_pages_parts.h"
#include "feature/dialogue/dialogue_pages_staff.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/form_page.h"

namespace ln::dialogue::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

struct AtQuestion {
  const http::Request& request;
  const people::Officer& officer;
  Dialogue d;
  Question question;
  std::vector<Question> merged, others;
  std::vector<Promise> promises;
  Instant now;
  std::string failed{}, typed{};

  View view() const { return people::view_of(request, officer.staff()); }
};

Result<AtQuestion> at_question(const http::Request& request,
                               db::Read& read,
                               const people::Officer& officer,
                               Instant now) {
  auto d = find(read, DialogueId{request.path_number("id")});
  const auto code = Code::parse(request.path_text("code"));
  auto question = code ? find_question(read, *code) : std::nullopt;
  if (!d || !question || question->dialogue != d->id || !may_run(officer, d->unit_path))
    return Error{ErrorKind::not_found, "dialogue.error.none"_t};
  AtQuestion at{.request = request,
                .officer = officer,
                .d = *std::move(d),
                .question = *std::move(question),
                .merged = {},
                .others = {},
                .promises = {},
                .now = now};
  at.merged = merged_into(read, at.question.id);
  for (Question& each : questions_of(read, at.d.id))
    if (each.id != at.question.id && each.state == Sight::shown)
      at.others.push_back(std::move(each));
  for (Promise& each : promises_of(read, at.d.id))
    if (each.question_id == at.question.id.value) at.promises.push_back(std::move(each));
  return at;
}

Fragment question_form(const AtQuestion& at, std::string_view act, Fragment body) {
  body += html::hidden("revision", std::to_string(at.question.revision));
  return html::form(at.view(),
                    {.action = Url::in(at.view(), "/staff/dialogues/", at.d.id.value, "/questions/",
                                       at.question.code->text(), "/", act),
                     .body = std::move(body)});
}

Fragment answer_part(const AtQuestion& at, const Error* error) {
  const View view = at.view();
  const bool is_failed = at.failed == "answer";
  Fragment fields = html::textarea(
      view, {.name = "answer",
             .label = {view("dialogue.desk.answer"_t)},
             .hint = view("dialogue.desk.answer_hint"_t),
             .error = is_failed ? html::error_for(view, error, "answer") : std::string_view(),
             .value = is_failed ? at.typed : at.question.answer,
             .rows = 6,
             .chars_max = static_cast<int>(answer_chars_max)});
  fields += html::button({.text = view("dialogue.desk.answer_do"_t), .once = true});
  Fragment out = question_form(at, "answer", std::move(fields));
  if (!at.question.answer.empty())
    out += html::link_button(
        Url::in(view, "/staff/commitments/new").with("question", at.question.code->text()),
        {.text = view("dialogue.desk.promise"_t),
         .kind = html::ButtonKind::secondary,
         .icon_before = "flag"});
  return out;
}

Fragment merge_part(const AtQuestion& at, const Error* error) {
  const View view = at.view();
  constexpr std::size_t shown_chars = 80;
  std::vector<std::string> names;
  names.reserve(at.others.size());
  html::Select select{.name = "into",
                      .label = {view("dialogue.desk.merge_into"_t)},
                      .error = html::error_for(view, error, "into")};
  for (const Question& each : at.others) {
    names.push_back(each.code->shown() + ": " + std::string(first_chars(each.body, shown_chars)));
    select.options.push_back({each.code->text(), names.back()});
  }
  Fragment fields = html::select(view, select);
  fields += html::button({.text = view("dialogue.desk.merge_do"_t),
                          .kind = html::ButtonKind::secondary,
                          .once = true});
  return html::details(view("dialogue.desk.merge"_t),
                       fill("<p>{}</p>{}", view("dialogue.desk.merge_lead"_t),
                            question_form(at, "merge", std::move(fields))),
                       at.failed == "merge");
}

Fragment hide_part(const AtQuestion& at) {
  const View view = at.view();
  if (at.question.state == Sight::hidden)
    return question_form(
        at, "show",
        html::button({.text = view("dialogue.desk.show"_t), .kind = html::ButtonKind::secondary}));
  html::Select select{.name = "reason", .label = {view("dialogue.desk.reason"_t)}};
  for (const HideReason each : all_hide_reasons)
    select.options.push_back({to_text(each), view(key_of(each))});
  Fragment fields = html::select(view, select);
  fields +=
      html::button({.text = view("dialogue.desk.hide_do"_t), .kind = html::ButtonKind::warning});
  return html::details(view("dialogue.desk.hide"_t),
                       fill("<p>{}</p>{}", view("dialogue.desk.hide_lead"_t),
                            question_form(at, "hide", std::move(fields))));
}

http::Response show_question(const AtQuestion& at, const Error* error) {
  const View view = at.view();
  Fragment body = html::error_summary(view, error);
  body.add(
      R"(<h1 class="h-l">{}</h1><p><a href="{}" lang="vi">{}</a></p>)"
      R"(<ul class="plain">{}</ul>)",
      at.question.code->shown(), Url::in(view, "/staff/dialogues/", at.d.id.value), at.d.topic_vi,
      question_item(view, {.question = at.question, .merged = at.merged, .promises = at.promises},
                    at.now));
  const bool is_over = at.d.stage == Stage::approved || at.d.stage == Stage::cancelled;
  if (at.question.is_merged()) {
    body.add("<p>{}</p>", view("dialogue.desk.is_merged"_t));
  } else if (!is_over && at.question.state != Sight::withdrawn) {
    if (at.d.takes_answers()) body += answer_part(at, error);
    if (at.question.state == Sight::shown && at.question.answer.empty() && !at.others.empty())
      body += merge_part(at, error);
  }
  if (at.question.state != Sight::withdrawn) body += hide_part(at);
  return http::form_page(view, {.title = at.question.code->shown(),
                                .here = "/staff/dialogues",
                                .body = std::move(body),
                                .error = error,
                                .is_staff = true});
}

// What one of the buttons does, in the transaction.
Result<Question> do_it(db::Write& write,
                       const RunAct& act,
                       const Code& code,
                       const http::Fields& form,
                       std::string_view name) {
  if (name == "call") return call(write, act, code);
  if (name == "answer") return answer(write, act, code, std::string(form.text("answer")));
  if (name == "show") return show(write, act, code);
  if (name == "merge") {
    const auto into = Code::parse(form.text("into"));
    if (!into)
      return Error{
          ErrorKind::invalid, "dialogue.error.merge"_t, {{"into", "dialogue.error.merge"_t}}};
    return merge(write, act, code, *into);
  }
  const auto reason = from_word(all_hide_reasons, form.text("reason"));
  if (name != "hide" || !reason) return Error{ErrorKind::not_found, "dialogue.error.none"_t};
  return hide(write, act, code, *reason);
}

}  // namespace

Result<http::Response> question_page(const http::Request& request,
                                     db::Read& read,
                                     people::Officer officer,
                                     Instant now) {
  TRY(const AtQuestion at, at_question(request, read, officer, now));
  return show_question(at, nullptr);
}

Result<http::Pending> question_post(const http::Request& request,
                                    db::Read& read,
                                    people::Officer officer,
                                    Random& random,
                                    Instant now) {
  TRY(AtQuestion at, at_question(request, read, officer, now));
  at.failed = std::string(request.path_text("act"));
  at.typed = request.form.text("answer");
  const RunAct act{.officer = officer,
                   .id = at.d.id,
                   .revision = request.form.number("revision").value_or(0),
                   .salts = ledger::draw(random),
                   .now = now};
  const Url desk = Url::in(request.view, "/staff/dialogues/", at.d.id.value);
  const std::string back(at.failed == "answer"
                             ? std::string(Url::in(request.view, "/staff/dialogues/", at.d.id.value,
                                                   "/questions/", at.question.code->text())
                                               .view())
                             : std::string(desk.at(at.question.code->text()).view()));
  return http::Pending::commit(
      [&request, act, code = *at.question.code, name = at.failed](db::Write& write) {
        return do_it(write, act, code, request.form, name);
      },
      [&request, officer, at, back](const Result<Question>& done, std::string_view) {
        if (done.ok()) return http::see_other(back);
        if (done.error().kind != ErrorKind::invalid)
          return http::error_response(request, done.error());
        // Of the officer who lives as long as this answer.
        const AtQuestion again{request,   officer,     at.d,   at.question, at.merged,
                               at.others, at.promises, at.now, at.failed,   at.typed};
        return show_question(again, &done.error());
      });
}

}  // namespace ln::dialogue::staff
