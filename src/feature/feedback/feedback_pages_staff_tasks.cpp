// Sending the forms: reading what was typed, acting, and answering whatever comes of it.
#include <algorithm>
#include <memory>
#include <string>

#include "base/text.h"
#include "core/attachment/attachment_prepare.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_actions_held.h"
#include "feature/feedback/feedback_actions_moderation.h"
#include "feature/feedback/feedback_actions_review.h"
#include "feature/feedback/feedback_actions_triage.h"
#include "feature/feedback/feedback_pages_day.h"
#include "feature/feedback/feedback_pages_hints.h"
#include "feature/feedback/feedback_pages_staff.h"
#include "feature/feedback/feedback_pages_staff_forms.h"
#include "feature/feedback/feedback_store.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback::staff {
namespace {

using html::Fragment;
using html::View;
using staff::Form;

// What was typed, read as far as it can be before the transaction.
struct Filled {
  OfficerAct act;
  Task task;
  std::int64_t account = 0;
  std::optional<units::Unit> unit{};
  std::optional<Topic> topic{};
  std::optional<Code> into{};
  std::string text{}, body{}, title{};
  Day day{};
  DeclineReason reason{};
  HideReason hide_reason = HideReason::privacy;
  Answer answer{};
  std::string sealed{};  // the contact, should the case leave every list
};

std::optional<Task> task_of(const http::Request& request) {
  return from_word(all_tasks, request.path_text("task"));
}

// Fills in what was chosen; refuses what is no choice of ours, together with all else that is
// wrong. What is chosen well is judged with the words by the act itself.
Result<Done> read_choices(db::Read& read, const http::Fields& typed, Instant now, Filled& filled) {
  FieldErrors errors;
  if (filled.task == Task::assign) {
    filled.account = typed.number("officer").value_or(0);
    if (filled.account == 0) errors.add("officer", "feedback.error.officer_not_here"_t);
  }
  if (filled.task == Task::transfer) {
    const std::string_view code = typed.text("unit");
    filled.unit = units::find_on(read, code, local_day(now));
    if (!filled.unit)
      errors.add("unit",
                 code.empty() ? "feedback.error.unit_missing"_t : "feedback.error.unit_unknown"_t);
  }
  if (filled.task == Task::classify) {
    filled.topic = find_topic(read, typed.text("topic"));
    if (!filled.topic) errors.add("topic", "feedback.error.topic_unknown"_t);
  }
  if (filled.task == Task::merge) {
    filled.into = Code::parse(typed.text("into"));
    if (!filled.into) errors.add("into", "feedback.error.merge_unknown"_t);
  }
  if (filled.task == Task::decline) {
    const auto reason = from_word(all_decline_reasons, typed.text("reason"));
    if (reason) filled.reason = *reason;
    if (!reason) errors.add("reason", "feedback.error.reason_missing"_t);
  }
  if (filled.task == Task::publish && typed.has("reason")) {
    const auto reason = from_word(all_hide_reasons, typed.text("reason"));
    if (reason) filled.hide_reason = *reason;
    if (!reason) errors.add("reason", "feedback.error.reason_missing"_t);
  }
  const bool is_choice_wrong = !errors.empty();
  const std::optional<Day> day = day_typed(typed, "day");
  const bool is_extension = filled.task == Task::extend;
  const bool is_day_wrong = (filled.task == Task::promise || is_extension) && !day;
  if (day) filled.day = *day;
  if (is_choice_wrong || is_day_wrong) check_text(filled.task, filled.text, errors);
  if (is_day_wrong)
    errors.add("day",
               is_extension ? "feedback.error.extend_day"_t : "feedback.error.promise_day"_t);
  if (!errors.empty()) return errors.take();
  return Done{};
}

Filled filled_of(const http::Request& request, const Form& form, Random& random) {
  const http::Fields& typed = request.form;
  Filled filled{.act = {.officer = form.officer,
                        .code = form.feedback.code,
                        .revision = typed.number("revision").value_or(0),
                        .salts = ledger::draw(random),
                        .now = form.now},
                .task = form.task};
  filled.text = trimmed(typed.text("text"));
  filled.body = trimmed(typed.text("body"));
  filled.title = trimmed(typed.text("title"));
  filled.answer.text = filled.text;
  filled.answer.evidence = trimmed(typed.text("evidence"));
  filled.answer.outcome = from_word(all_outcomes, typed.text("outcome"));
  return filled;
}

Letter letter_in(const Filled& filled) {
  return {filled.task, filled.text, filled.day, filled.reason, filled.body};
}

Result<Feedback> perform(db::Write& write, const Filled& filled) {
  switch (filled.task) {
    case Task::accept: return accept(write, filled.act);
    case Task::assign: return assign(write, filled.act, filled.account);
    case Task::transfer: return transfer(write, filled.act, *filled.unit, filled.text);
    case Task::ask: return ask(write, filled.act, filled.text);
    case Task::note: return note(write, filled.act, filled.text);
    case Task::answer: return put_forward(write, filled.act, filled.answer);
    case Task::promise:
    case Task::decline:
    case Task::redirect: return put_forward(write, filled.act, letter_in(filled), filled.sealed);
    case Task::extend: return extend(write, filled.act, filled.text, filled.day);
    case Task::publish:
      return publish(write, filled.act, filled.title, filled.body, filled.hide_reason);
    case Task::classify: return classify(write, filled.act, *filled.topic);
    case Task::merge: return merge(write, filled.act, *filled.into);
    case Task::split: return split(write, filled.act);
    case Task::hurry: return hurry(write, filled.act, filled.text);
  }
  return Error{ErrorKind::not_found, "feedback.error.no_such_case"_t};
}

http::Pending commit(Form form, Filled filled) {
  // The case as it is by now, read in the transaction that refused: afterwards nothing is.
  auto newer = std::make_shared<std::optional<Feedback>>();
  auto act = [filled = std::move(filled), newer](db::Write& write) {
    auto result = perform(write, filled);
    if (!result.ok()) *newer = find(write, filled.act.code);
    return result;
  };
  auto answer = [form = std::move(form), newer](const Result<Feedback>& result, std::string_view) {
    return result.ok() ? staff::done(form, result.value())
                       : staff::refused(form, result.error(), *newer);
  };
  return http::Pending::commit(std::move(act), std::move(answer));
}

// A form that is older than the case: sent twice, or somebody else was faster. Null when it is not.
std::optional<http::Response> stale(db::Read& read, const Form& form, std::int64_t revision) {
  if (revision == form.feedback.revision) return std::nullopt;
  if (staff::was_sent_before(read, form, revision)) return staff::done(form, form.feedback);
  const Error changed{ErrorKind::conflict, "feedback.error.changed_meanwhile"_t};
  return staff::refused(form, changed, form.feedback);
}

Fragment hidden_fields(const http::Fields& typed) {
  Fragment out;
  for (const std::string_view name : {"revision", "text", "outcome", "evidence"})
    out += html::hidden(name, typed.text(name));
  return out;
}

// What a form begins with: the text that was asked for, or the answer that came back.
http::Fields begun(const Form& form, const http::Request& request) {
  http::Fields typed;
  const auto asked = request.query.number("template");
  const auto is_asked = [&](const Template& each) { return each.id.value == asked; };
  const auto chosen = std::ranges::find_if(form.templates, is_asked);
  if (chosen != form.templates.end()) {
    typed.add("text", chosen->text);
  } else if (form.returned) {
    const Letter& letter = form.returned->letter;
    typed.add("text", form.returned->text);
    typed.add("outcome", std::string(to_text(form.returned->outcome)));
    typed.add("evidence", form.returned->evidence);
    typed.add("reason", std::string(to_text(letter.reason)));
    typed.add("body", letter.where_to);
    if (form.task == Task::promise) add_day(typed, "day", letter.day);
  }
  return typed;
}

// "Check before sending": what the citizen will read, advice, and the files to go with it.
// Precondition: check_answer() finds nothing wrong.
std::string check_page(const Form& form,
                       const Filled& filled,
                       const std::vector<std::string>& earlier) {
  const View view = form.view();
  const std::string code = form.feedback.code.shown();
  Fragment body =
      html::fill(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("feedback.staff.check_title"_t),
                 view("feedback.staff.check_lead"_t));
  if (form.needs_second)
    body += html::note({.kind = html::NoteKind::info,
                        .body = html::fill("<p>{}</p>", view("feedback.review.will_wait"_t))});
  body += hints_note(view, form.feedback, form.templates, earlier, filled.text);
  body.add(R"(<div class="quote"><p><b>{}</b></p>{}{}</div>)", view(key_of(*filled.answer.outcome)),
           html::paragraphs(filled.text), html::paragraphs(filled.answer.evidence));
  Fragment fields = hidden_fields(form.request->form);
  fields += html::file_upload(
      view, {.name = "files",
             .label = {view("feedback.staff.answer_files"_t), html::Size::s, false, true},
             .hint = view("feedback.staff.answer_files_hint"_t),
             .accept = attachment::accept,
             .is_multiple = true,
             .size_max = static_cast<std::int64_t>(attachment::size_max),
             .files_max = static_cast<int>(attachment::count_max)});
  fields.add(R"(<div class="actions">{}{}</div>)",
             html::button({.text = view(form.needs_second ? "feedback.review.send"_t
                                                          : "feedback.staff.send_answer"_t),
                           .icon_after = "send",
                           .name = "step",
                           .value = "send",
                           .once = true}),
             html::button({.text = view("feedback.staff.edit_answer"_t),
                           .kind = html::ButtonKind::secondary,
                           .name = "step",
                           .value = "edit"}));
  body += html::form(view, {.action = form.url("answer"),
                            .body = std::move(fields),
                            .css_class = "sp",
                            .is_multipart = true});
  Fragment before =
      html::breadcrumbs(view,
                        {{view("feedback.staff.queue"_t), html::Url::in(view, "/staff")},
                         {code, staff::case_url(view, form.feedback)}},
                        view("feedback.staff.check_title"_t));
  return html::page(view,
                    {.title = view("feedback.staff.check_title"_t),
                     .here = "/staff",
                     .body = html::columns({.before = std::move(before), .body = std::move(body)}),
                     .is_staff = true,
                     .is_unlisted = true});
}

}  // namespace

Result<http::Response> task_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now) {
  const auto task = task_of(request);
  if (!task || *task == Task::accept)
    return Error{ErrorKind::not_found, "feedback.error.no_such_case"_t};
  TRY(const Form form, staff::open_form(request, read, officer, *task, now));
  return http::page(200, staff::form_page(form, begun(form, request)));
}

Result<http::Pending> do_task(const http::Request& request,
                              db::Read& read,
                              people::Officer officer,
                              Random& random,
                              Instant now) {
  const auto task = task_of(request);
  if (!task) return Error{ErrorKind::not_found, "feedback.error.no_such_case"_t};
  TRY(Form form, staff::open_form(request, read, officer, *task, now));
  Filled filled = filled_of(request, form, random);
  if (auto answer = stale(read, form, filled.act.revision))
    return http::Pending::answer(*std::move(answer));
  if (const auto fine = read_choices(read, request.form, now, filled); !fine.ok())
    return http::Pending::answer(staff::refused(form, fine.error(), std::nullopt));
  if (*task == Task::decline && petition::sort_of(to_text(filled.reason)))
    filled.sealed = sealed_contact(read, form.feedback.id, random);
  return commit(std::move(form), std::move(filled));
}

Result<http::Pending> answer_case(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer,
                                  Random& random,
                                  Instant now) {
  TRY(Form form, staff::open_form(request, read, officer, Task::answer, now));
  Filled filled = filled_of(request, form, random);
  if (auto answer = stale(read, form, filled.act.revision))
    return http::Pending::answer(*std::move(answer));
  if (request.form.text("step") == "edit")
    return http::Pending::answer(http::page(200, staff::form_page(form, request.form)));
  if (request.form.text("step") != "send") {
    const auto fine = check_answer(form.feedback, filled.answer, Evidence::may_follow);
    return http::Pending::answer(
        fine.ok() ? http::page(200, check_page(form, filled, last_letters(read, form.feedback)))
                  : staff::refused(form, fine.error(), std::nullopt));
  }
  auto files = attachment::prepare(request.uploads, "files", 0, random);
  if (!files.ok()) return http::Pending::answer(staff::refused(form, files.error(), std::nullopt));
  filled.answer.files = std::move(files).value();
  return commit(std::move(form), std::move(filled));
}

}  // namespace ln::feedback::staff
