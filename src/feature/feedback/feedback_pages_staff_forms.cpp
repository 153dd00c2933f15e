#include "feature/feedback/feedback_pages_staff_forms.h"

#include <algorithm>
#include <set>

#include "core/people/people_store.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions_review.h"
#include "feature/feedback/feedback_moderation.h"
#include "feature/feedback/feedback_pages_card.h"
#include "feature/feedback/feedback_pages_practice.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_rights.h"
#include "feature/feedback/feedback_store.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/spoken.h"

namespace ln::feedback::staff {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::size_t picks_max = 40;

bool is_accused(const Feedback& feedback, const units::Unit& unit) {
  return feedback.about == About::conduct && !feedback.object_path.empty() &&
         units::is_within(unit.path, feedback.object_path);
}

// Those who work on cases in the very unit, and the officer themselves.
std::vector<Pick> colleagues(db::Read& read, const Form& form) {
  std::vector<Pick> picks;
  const auto add = [&](std::int64_t id, const std::string& name) {
    const std::string value = std::to_string(id);
    if (std::ranges::none_of(picks, [&](const Pick& each) { return each.value == value; }))
      picks.push_back({value, name});
  };
  for (const people::Role role : {people::Role::handler, people::Role::head})
    for (const people::Account& account : people::holders_of(read, role, form.feedback.unit))
      add(account.id.value, account.name);
  add(form.officer.id().value, form.officer.name());
  return picks;
}

// Units of the same place stand together, in the order in which each place came first.
void add_destination(std::vector<Pick>& picks, Pick pick) {
  const auto is_after = [&](const Pick& each) { return each.group == pick.group; };
  const auto last = std::ranges::find_if(picks.rbegin(), picks.rend(), is_after);
  picks.insert(last == picks.rend() ? picks.end() : last.base(), std::move(pick));
}

// Where a case may go: what was searched for, or else the units around. Never the unit complained
// about, and not the one it is with.
std::vector<Pick> destinations(db::Read& read, const Form& form, std::string_view query) {
  const Day today = local_day(form.now);
  std::vector<units::Unit> found;
  if (!query.empty()) {
    for (units::Found& each :
         units::search(read, {.query = query, .day = today, .limit = picks_max}))
      found.push_back(std::move(each.unit));
  } else if (const auto here = units::find(read, form.feedback.unit)) {
    if (here->parent.value != 0)
      if (auto above = units::find(read, here->parent)) found.push_back(*std::move(above));
    for (units::Unit& each : units::children(read, here->id, today))
      if (found.size() < picks_max) found.push_back(std::move(each));
    for (units::Unit& each : units::of_kind(read, units::Kind::department, today))
      if (found.size() < picks_max) found.push_back(std::move(each));
  }
  std::vector<Pick> picks;
  for (const units::Unit& unit : found) {
    const auto is_same = [&](const Pick& each) { return each.value == unit.code; };
    if (unit.id == form.feedback.unit || is_accused(form.feedback, unit) ||
        std::ranges::any_of(picks, is_same))
      continue;
    const auto parent = units::find(read, unit.parent);
    add_destination(picks, {unit.code, unit.name, parent ? parent->name : std::string()});
  }
  return picks;
}

std::vector<html::Choice> choices_of(const std::vector<Pick>& picks) {
  std::vector<html::Choice> choices;
  for (const Pick& each : picks) choices.push_back({.value = each.value, .text = each.text});
  return choices;
}

Fragment text_field(const View& view,
                    const http::Fields& typed,
                    const Error* error,
                    TextKey label,
                    TextKey hint,
                    std::size_t chars_max) {
  return html::textarea(view, {.name = "text",
                               .label = {view(label)},
                               .hint = hint.is_none() ? std::string_view() : view(hint),
                               .error = html::error_for(view, error, "text"),
                               .value = typed.text("text"),
                               .rows = 7,
                               .chars_max = static_cast<int>(chars_max)});
}

Fragment classify_fields(const Form& form, const http::Fields& typed, const Error* error) {
  const View view = form.view();
  return html::radios(view, {.name = "topic",
                             .legend = {view("feedback.staff.fact_topic"_t)},
                             .hint = view("feedback.staff.classify_hint"_t),
                             .error = html::error_for(view, error, "topic"),
                             .choices = choices_of(form.picks),
                             .values = {typed.text("topic")},
                             .arrangement = html::Arrangement::rows});
}

// Those of what the case is about, but the one it has.
std::vector<Pick> topics_to_pick(db::Read& read, const Form& form) {
  const bool in_english = form.view().voice.language() == i18n::Language::en;
  std::vector<Pick> picks;
  for (const Topic& each : all_topics(read))
    if (each.about == form.feedback.about && each.id != form.feedback.topic)
      picks.push_back({each.code, in_english ? each.name_en : each.name_vi});
  return picks;
}

Fragment assign_fields(const Form& form, const http::Fields& typed, const Error* error) {
  const View view = form.view();
  return html::radios(view, {.name = "officer",
                             .legend = {view("feedback.staff.officer"_t)},
                             .error = html::error_for(view, error, "officer"),
                             .choices = choices_of(form.picks),
                             .values = {typed.text("officer")},
                             .arrangement = html::Arrangement::rows});
}

Fragment transfer_fields(const Form& form, const http::Fields& typed, const Error* error) {
  const View view = form.view();
  Fragment out;
  if (form.picks.empty()) {
    out += html::nothing_here(view("feedback.staff.no_unit_found"_t));
  } else {
    std::vector<html::Option> options = {{"", view("feedback.staff.choose_unit"_t)}};
    for (const Pick& each : form.picks)
      options.push_back({.value = each.value, .text = each.text, .group = each.group});
    out += html::select(view, {.name = "unit",
                               .label = {view("feedback.staff.to_unit"_t)},
                               .hint = view("feedback.staff.to_unit_hint"_t),
                               .error = html::error_for(view, error, "unit"),
                               .value = typed.text("unit"),
                               .options = std::move(options)});
  }
  out += text_field(view, typed, error, "feedback.staff.transfer_reason"_t,
                    "feedback.staff.transfer_hint"_t, reason_chars_max);
  return out;
}

Fragment answer_fields(const Form& form, const http::Fields& typed, const Error* error) {
  const View view = form.view();
  Fragment out = text_field(view, typed, error, "feedback.staff.answer_text"_t,
                            form.feedback.is_protected ? "feedback.staff.answer_hint_protected"_t
                                                       : "feedback.staff.answer_hint"_t,
                            answer_chars_max);
  std::vector<html::Choice> choices;
  for (const Outcome each : all_outcomes)
    choices.push_back({.value = to_text(each), .text = view(key_of(each))});
  out += html::radios(view, {.name = "outcome",
                             .legend = {view("feedback.staff.outcome"_t), html::Size::s},
                             .error = html::error_for(view, error, "outcome"),
                             .choices = std::move(choices),
                             .values = {typed.text("outcome")},
                             .arrangement = html::Arrangement::rows});
  out += html::textarea(view, {.name = "evidence",
                               .label = {view("feedback.staff.evidence"_t)},
                               .hint = view("feedback.staff.evidence_hint"_t),
                               .error = html::error_for(view, error, "evidence"),
                               .value = typed.text("evidence"),
                               .rows = 3,
                               .chars_max = static_cast<int>(reason_chars_max)});
  return out;
}

Fragment promise_fields(const Form& form, const http::Fields& typed, const Error* error) {
  const View view = form.view();
  Fragment out = text_field(view, typed, error, "feedback.staff.promise_text"_t,
                            "feedback.staff.promise_hint"_t, answer_chars_max);
  out += html::date_input(view, {.name = "day",
                                 .legend = {view("feedback.staff.promise_day"_t), html::Size::s},
                                 .error = html::error_for(view, error, "day"),
                                 .day = typed.text("day-day"),
                                 .month = typed.text("day-month"),
                                 .year = typed.text("day-year")});
  return out;
}

Fragment extend_fields(const Form& form, const http::Fields& typed, const Error* error) {
  const View view = form.view();
  Fragment out = text_field(view, typed, error, "feedback.staff.extend_text"_t,
                            "feedback.staff.extend_hint"_t, answer_chars_max);
  out += html::date_input(view, {.name = "day",
                                 .legend = {view("feedback.staff.extend_day"_t), html::Size::s},
                                 .hint = view("feedback.staff.extend_day_hint"_t),
                                 .error = html::error_for(view, error, "day"),
                                 .day = typed.text("day-day"),
                                 .month = typed.text("day-month"),
                                 .year = typed.text("day-year")});
  return out;
}

Fragment decline_fields(const Form& form, const http::Fields& typed, const Error* error) {
  const View view = form.view();
  std::vector<html::Choice> choices;
  for (const DeclineReason each : all_decline_reasons)
    choices.push_back({.value = to_text(each),
                       .text = view(key_of(each)),
                       .hint = petition::sort_of(to_text(each))
                                   ? view("feedback.staff.decline_held"_t)
                                   : std::string_view()});
  Fragment out = html::radios(view, {.name = "reason",
                                     .legend = {view("feedback.staff.decline_reason"_t)},
                                     .error = html::error_for(view, error, "reason"),
                                     .choices = std::move(choices),
                                     .values = {typed.text("reason")},
                                     .arrangement = html::Arrangement::rows});
  out += text_field(view, typed, error, "feedback.staff.decline_text"_t,
                    "feedback.staff.decline_hint"_t, answer_chars_max);
  return out;
}

Fragment redirect_fields(const Form& form, const http::Fields& typed, const Error* error) {
  const View view = form.view();
  Fragment out = html::textarea(view, {.name = "body",
                                       .label = {view("feedback.staff.redirect_body"_t)},
                                       .hint = view("feedback.staff.redirect_body_hint"_t),
                                       .error = html::error_for(view, error, "body"),
                                       .value = typed.text("body"),
                                       .rows = 2,
                                       .chars_max = static_cast<int>(place_chars_max)});
  out += text_field(view, typed, error, "feedback.staff.redirect_text"_t, {}, answer_chars_max);
  return out;
}

// What should probably be taken out; a person decides.
Fragment suggestions(const View& view, std::string_view text) {
  const auto findings = text::find_private(text);
  if (findings.empty())
    return html::fill("<p>{}</p>", view("feedback.staff.publish_nothing_found"_t));
  return html::fill("<p>{}</p><ul>{}</ul>", view("feedback.staff.publish_found"_t),
                    [&](Fragment& list) {
                      std::set<std::string_view> named;  // a title may be taken from the text
                      for (const text::Finding& each : findings) {
                        const std::string_view what = text.substr(each.at, each.size);
                        if (named.insert(what).second)
                          list.add(R"(<li>{}: <b translate="no">{}</b></li>)",
                                   view(key_of(text::hidden_of(each.kind))), what);
                      }
                    });
}

Fragment publish_fields(const Form& form, const http::Fields& typed, const Error* error) {
  const View view = form.view();
  const Feedback& f = form.feedback;
  const auto value = [&](std::string_view name, std::string_view released, std::string_view own) {
    return typed.has(name) ? typed.text(name) : released.empty() ? own : released;
  };
  // Where nothing was released yet, the machine puts its marks; the officer looks at each.
  const std::string marked_title = text::with_marks(f.title),
                    marked_body = text::with_marks(f.body);
  const std::string_view title = value("title", f.public_title, marked_title);
  const std::string_view body = value("body", f.public_body, marked_body);
  Fragment out = html::note({.kind = html::NoteKind::warn,
                             .heading = view("feedback.staff.publish_check"_t),
                             .body = suggestions(view, f.title + "\n" + f.body)});
  out += html::input(view, {.name = "title",
                            .label = {view("feedback.staff.publish_title"_t)},
                            .error = html::error_for(view, error, "title"),
                            .value = title});
  out += html::textarea(view, {.name = "body",
                               .label = {view("feedback.staff.publish_body"_t)},
                               .hint = view("feedback.staff.publish_hint"_t),
                               .error = html::error_for(view, error, "body"),
                               .value = body,
                               .rows = 10,
                               .chars_max = static_cast<int>(body_chars_max)});
  out.add("<p>{}</p><ul>{}</ul>", view("feedback.staff.publish_marks"_t), [&](Fragment& list) {
    for (const text::Hidden each : text::all_hidden)
      list.add(R"(<li translate="no">{}</li>)", text::mark_of(each));
  });
  out += hide_reasons(view, typed.text("reason"), error);
  return out;
}

// What the citizen reads, so that an office may begin it with a text it has ready.
bool is_letter(Task task) {
  return task == Task::answer || task == Task::ask || task == Task::promise ||
         task == Task::extend || task == Task::decline || task == Task::redirect;
}

bool waits_for_second(Task task) {
  return task == Task::answer || task == Task::promise || task == Task::decline ||
         task == Task::redirect;
}

TextKey button_of(const Form& form, bool is_published) {
  const Task task = form.task;
  if (form.needs_second && task != Task::answer) return "feedback.review.send"_t;
  switch (task) {
    case Task::answer: return "feedback.staff.check_answer"_t;
    case Task::note: return "feedback.staff.save_note"_t;
    case Task::publish: return is_published ? "feedback.staff.save_public"_t : name_of(task);
    default: return name_of(task);
  }
}

// Units are searched with a form of its own: its answer is a page with other units to pick.
Fragment unit_search(const Form& form) {
  const View view = form.view();
  Fragment body = html::input(view, {.name = "q",
                                     .label = {view("feedback.staff.unit_search"_t)},
                                     .value = form.request->query.text("q"),
                                     .type = "search",
                                     .width = 20});
  body += html::button(
      {.text = view("feedback.staff.unit_search_send"_t), .kind = html::ButtonKind::secondary});
  return html::query_form({.action = form.url("transfer"),
                           .body = std::move(body),
                           .label = view("feedback.staff.unit_search"_t)});
}

Fragment changed_note(const View& view, const Feedback& newer) {
  return html::note(
      {.kind = html::NoteKind::warn,
       .heading = view("feedback.staff.changed"_t),
       .body = html::fill(R"(<p>{}</p><p class="row">{}</p>)",
                          view("feedback.staff.changed_body"_t), state_badge(view, newer))});
}

}  // namespace

Url Form::url(std::string_view task_word) const {
  return Url::in(view(), "/staff/feedback/", feedback.code.text(), "/", task_word);
}

Result<Form> open_form(const http::Request& request,
                       db::Read& read,
                       const people::Officer& officer,
                       Task task,
                       Instant now) {
  TRY(Feedback feedback, visible_case(read, officer, request.path_text("code")));
  if (!may_act(officer, task, feedback))
    return Error{ErrorKind::forbidden, "feedback.error.not_your_part"_t};
  Form form{&request, officer, std::move(feedback), task, now};
  if (task == Task::assign) form.picks = colleagues(read, form);
  if (task == Task::classify) form.picks = topics_to_pick(read, form);
  if (task == Task::transfer) {
    const std::string_view asked = request.query.text("q");
    form.picks = destinations(read, form, asked.empty() ? request.form.text("q") : asked);
  }
  if (is_letter(task)) form.templates = filled_templates(read, form.feedback, now);
  if (waits_for_second(task)) {
    form.needs_second = needs_second(read, form.feedback.unit);
    form.returned = current_review(read, form.feedback);
    if (form.returned && (!form.returned->is_returned || form.returned->task != task))
      form.returned.reset();
  }
  return form;
}

Fragment fields_of(const Form& form, const http::Fields& typed, const Error* error) {
  const View view = form.view();
  switch (form.task) {
    case Task::accept: return {};
    case Task::assign: return assign_fields(form, typed, error);
    case Task::transfer: return transfer_fields(form, typed, error);
    case Task::ask:
      return text_field(view, typed, error, "feedback.staff.ask_text"_t,
                        "feedback.staff.ask_hint"_t, reason_chars_max);
    case Task::note:
      return text_field(view, typed, error, "feedback.staff.note_text"_t,
                        "feedback.staff.note_hint"_t, note_chars_max);
    case Task::answer: return answer_fields(form, typed, error);
    case Task::promise: return promise_fields(form, typed, error);
    case Task::extend: return extend_fields(form, typed, error);
    case Task::decline: return decline_fields(form, typed, error);
    case Task::redirect: return redirect_fields(form, typed, error);
    case Task::publish: return publish_fields(form, typed, error);
    case Task::classify: return classify_fields(form, typed, error);
    case Task::merge:
      return html::input(view, {.name = "into",
                                .label = {view("feedback.staff.merge_into"_t)},
                                .hint = view("feedback.staff.merge_hint"_t),
                                .error = html::error_for(view, error, "into"),
                                .value = typed.text("into"),
                                .width = 20});
    case Task::split: return html::fill("<p>{}</p>", view("feedback.staff.split_hint"_t));
    case Task::hurry:
      return text_field(view, typed, error, "feedback.staff.hurry_text"_t,
                        "feedback.staff.hurry_hint"_t, reason_chars_max);
  }
  return {};
}

std::string form_page(const Form& form,
                      const http::Fields& typed,
                      const Error* error,
                      const Feedback* newer) {
  const View view = form.view();
  const Feedback& f = newer != nullptr ? *newer : form.feedback;
  const std::string code = f.code.shown();
  const bool is_open = is_open_to(form.officer, form.task, f, form.now);
  Fragment before = html::breadcrumbs(
      view, {{view("feedback.staff.queue"_t), Url::in(view, "/staff")}, {code, case_url(view, f)}},
      view(name_of(form.task, f)));
  Fragment body;
  if (newer != nullptr)
    body += changed_note(view, f);
  else
    body += html::error_summary(view, error, {{"day", "day-day"}});
  body.add(R"(<h1 class="h-l">{}</h1><p class="row">{}<span lang="{}">{}</span></p>)",
           view(name_of(form.task, f)), state_badge(view, f), lang_of(view, f), f.title);
  // Whoever writes to the sender has before them what the sender wrote.
  body += html::details(view("feedback.staff.citizen_wrote"_t), html::paragraphs(f.body),
                        form.task == Task::answer || form.task == Task::ask);
  if (is_open || newer != nullptr) {
    if (form.task == Task::transfer) body += unit_search(form);
    if (is_open) body += template_choice(view, form.templates, form.url(to_text(form.task)));
    if (form.returned)
      body += html::note({.kind = html::NoteKind::warn,
                          .heading = view("feedback.review.came_back"_t),
                          .body = html::paragraphs(form.returned->note)});
    if (form.needs_second && is_open && form.task != Task::answer)
      body += html::note({.kind = html::NoteKind::info,
                          .body = html::fill("<p>{}</p>", view("feedback.review.will_wait"_t))});
    Fragment fields = html::hidden("revision", std::to_string(f.revision));
    if (form.task == Task::transfer) fields += html::hidden("q", form.request->query.text("q"));
    fields += fields_of(form, typed, error);
    if (is_open)
      fields +=
          html::button({.text = view(button_of(form, f.published_at.has_value())), .once = true});
    body += html::form(view, {.action = form.url(to_text(form.task)), .body = std::move(fields)});
  }
  // What was typed while somebody else acted stays readable above.
  if (!is_open)
    body += html::note({.kind = html::NoteKind::stop,
                        .body = html::fill("<p>{}</p>", view("feedback.staff.no_longer"_t))});
  const std::string title = std::string(view(name_of(form.task, f))) + " · " + code;
  return html::page(view,
                    {.title = title,
                     .here = "/staff",
                     .body = html::columns({.before = std::move(before), .body = std::move(body)}),
                     .is_staff = true,
                     .has_errors = error != nullptr && newer == nullptr,
                     .is_unlisted = true});
}

http::Response refused(const Form& form, const Error& error, const std::optional<Feedback>& newer) {
  const http::Fields& typed = form.request->form;
  if (error.kind == ErrorKind::invalid) return http::page(422, form_page(form, typed, &error));
  const bool is_seen = newer && may_see(*newer, form.officer);
  if (error.kind == ErrorKind::conflict && is_seen)
    return http::page(409, form_page(form, typed, &error, &*newer));
  return http::error_response(*form.request, error);
}

bool was_sent_before(db::Read& read, const Form& form, std::int64_t revision) {
  if (form.feedback.revision != revision + 1) return false;
  const auto events = events_of(read, form.feedback.id);
  if (events.empty() || events.back().officer_id != form.officer.id().value) return false;
  const std::string_view event = events.back().event;
  // "accept" → "accepted", "decline" → "declined", "note" → "noted": the stem is the same.
  const std::string_view stem = to_text(form.task);
  return event.starts_with(stem.substr(0, stem.size() - 1)) ||
         (form.task == Task::publish && event == "redacted") ||
         (waits_for_second(form.task) && events.back().reason == review_asked_word);
}

http::Response done(const Form& form, const Feedback& now_is) {
  const View view = form.view();
  const Url url = may_see(now_is, form.officer) ? case_url(view, now_is) : Url::in(view, "/staff");
  return http::see_other(std::string(url.with("done", to_text(form.task)).view()));
}

}  // namespace ln::feedback::staff
