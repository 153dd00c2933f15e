// One case as an officer sees it: the clock, the citizen's words, what happened, what can be done.
#include <algorithm>
#include <string>
#include <vector>

#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_pages_card.h"
#include "feature/feedback/feedback_pages_invitation.h"
#include "feature/feedback/feedback_pages_keys.h"
#include "feature/feedback/feedback_pages_part.h"
#include "feature/feedback/feedback_pages_review.h"
#include "feature/feedback/feedback_pages_staff.h"
#include "feature/feedback/feedback_pages_staff_events.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_pages_staff_triage.h"
#include "feature/feedback/feedback_pages_staff_words.h"
#include "feature/feedback/feedback_pages_why.h"
#include "feature/feedback/feedback_store_foreign.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback::staff {
namespace {

using html::Fragment;
using html::Url;
using html::View;

// What the parts of the page are made from.
struct Desk {
  const View& view;
  db::Read& read;
  const people::Officer& officer;
  const Feedback& feedback;
  Instant now;
  staff::Names names;
};

int working_days(Instant from, Instant to) {
  return calendar::working_days_left(from, to, *holidays());
}

Fragment bar(Instant from, Instant to, Instant now) {
  const auto whole = (to - from).count(), gone = (now - from).count();
  const std::int64_t width = whole <= 0 ? 100 : std::min<std::int64_t>(100, gone * 100 / whole);
  return html::fill(
      R"(<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"
focusable="false"><rect width="{}" height="6"/></svg>)",
      width);
}

Fragment running(const Desk& d, const staff::Clock& clock) {
  const Feedback& f = d.feedback;
  const std::string at = d.view.voice.moment(clock.due);
  const int all = std::max(1, working_days(f.received_at, clock.due));
  const int left = working_days(d.now, clock.due);
  const TextKey by =
      f.state == State::promised ? "feedback.staff.promised_by"_t : "feedback.staff.answer_by"_t;
  const std::string day = d.view.voice.number(std::clamp(all - left, 1, all));
  const std::string days = d.view.voice.number(all);
  return html::fill("<p>{}</p><b>{} {}</b>{}{}", d.view.voice(by, {{"moment", at}}),
                    html::icon(clock.tone == html::Tone::late ? "triangle-alert" : "clock"),
                    clock.words, bar(f.received_at, clock.due, d.now), [&](Fragment& out) {
                      if (left >= 0)
                        out.add("<p>{}</p>", d.view.voice("feedback.staff.day_of"_t,
                                                          {{"day", day}, {"days", days}}));
                    });
}

// Due, and how long it has taken altogether: transfers and pauses never hide that.
Fragment clock_box(const Desk& d) {
  const Feedback& f = d.feedback;
  const staff::Clock clock = staff::clock_of(d.view, f, d.now);
  const auto gone =
      std::chrono::floor<std::chrono::days>(f.closed_at.value_or(d.now) - f.received_at).count();
  return html::fill(
      R"(<div class="clock">{}<p>{}</p>{}</div>)",
      [&](Fragment& out) {
        if (clock.runs)
          out += running(d, clock);
        else
          out.add("<b>{}</b>", staff::state_name(d.view, f.state));
      },
      d.view.voice.counted("feedback.staff.elapsed"_t, gone),
      [&](Fragment& out) {
        if (f.due_at != f.first_due_at) {
          const std::string first = d.view.voice.moment(f.first_due_at);
          out.add("<p>{}</p>", d.view.voice("feedback.staff.first_due"_t, {{"moment", first}}));
        }
        if (f.asked_at) {
          const std::string until = d.view.voice.moment(pause_ends_at(*f.asked_at, f.hours));
          out.add("<p>{}</p>", d.view.voice("feedback.staff.paused_until"_t, {{"moment", until}}));
        }
      });
}

// Buttons for what can be done now; taking it up needs no page of its own.
Fragment work_card(const Desk& d) {
  Fragment buttons;
  bool is_first = true;
  // The one that brings the case on stands first.
  for (const Task task : {Task::accept, Task::answer, Task::assign, Task::ask, Task::promise,
                          Task::hurry, Task::extend, Task::transfer, Task::publish, Task::note,
                          Task::classify, Task::merge, Task::decline, Task::redirect}) {
    if (!is_open_to(d.officer, task, d.feedback, d.now)) continue;
    const Url url = Url::in(d.view, "/staff/feedback/", d.feedback.code.text(), "/", to_text(task));
    const html::Button button{
        .text = d.view(staff::name_of(task, d.feedback)),
        .kind = is_first ? html::ButtonKind::primary : html::ButtonKind::secondary,
        .once = true};
    if (task == Task::accept) {
      Fragment body = html::hidden("revision", std::to_string(d.feedback.revision));
      body += html::button(button);
      buttons += html::form(d.view, {.action = url, .body = std::move(body)});
    } else {
      buttons += html::link_button(url, button);
    }
    is_first = false;
  }
  return html::card(
      {.heading = d.view("feedback.staff.can_do"_t),
       .body = buttons.empty() ? html::fill("<p>{}</p>", d.view("feedback.staff.can_do_nothing"_t))
                               : html::fill(R"(<div class="stack">{}</div>)", buttons)});
}

// Who sent is never shown. How to reach them is, to one officer, and only when nothing is sealed.
Fragment sender_card(const Desk& d) {
  Fragment body;
  std::string_view icon = "user-round";
  if (d.feedback.is_protected) {
    icon = "lock";
    body.add(R"(<p class="small">{}</p>)", d.view("feedback.staff.sealed"_t));
  } else if (!may_read_contact(d.officer, d.feedback)) {
    body.add(R"(<p class="small">{}</p>)", d.view("feedback.staff.contact_not_you"_t));
  } else if (const auto contact = contact_of(d.read, d.feedback.id); contact) {
    if (contact->is_sealed())
      body.add(R"(<p class="small">{}</p>)", d.view("feedback.staff.sealed"_t));
    else
      body.add(R"(<p><b>{}</b></p><p class="small">{}</p>)", contact->plain,
               d.view("feedback.staff.contact_private"_t));
  } else {
    body.add(R"(<p class="small">{}</p>)", d.view("feedback.staff.no_contact"_t));
  }
  return html::card({.icon_name = icon,
                     .heading = d.view("feedback.staff.sender"_t),
                     .body = std::move(body),
                     .is_tinted = true});
}

// The date is the officer's to keep, so it is explained to them as it is to whoever sent the case.
Fragment why_this_date(const Desk& d) {
  const Feedback& f = d.feedback;
  const auto foreign = foreign_of(d.read, f.id);
  return why_of_case(d.view, f, find_topic(d.read, f.topic).value_or(Topic{}),
                     foreign ? std::optional(foreign->stated_at) : std::nullopt,
                     events_of(d.read, f.id));
}

Fragment case_head(const Desk& d) {
  return html::fill(
      R"(<div class="case-head"><div><h1 class="h-l" lang="{}">{}</h1><p class="row">{}{}
<span class="muted small">{} {}</span></p></div>{}</div>)",
      lang_of(d.view, d.feedback), sent_title(d.view, d.feedback),
      staff::state_badge(d.view, d.feedback), staff::marks(d.view, d.feedback),
      d.view("feedback.staff.column_code"_t), html::code(d.feedback.code.shown()), clock_box(d));
}

}  // namespace

Result<http::Response> case_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now) {
  TRY(const Feedback feedback, staff::visible_case(read, officer, request.path_text("code")));
  const View view = people::view_of(request, officer.staff());
  Desk d{view, read, officer, feedback, now, staff::Names(read)};
  const std::string code = feedback.code.shown();
  Fragment main = case_words(view, read, feedback);
  if (const Fragment answered = case_file_list(view, read, feedback, "feedback_answer");
      !answered.empty())
    main.add(R"(<h2 class="h-m sp">{}</h2>{})", view("feedback.staff.answer_files"_t), answered);
  main += staff::timeline(view, read, feedback, d.names);
  Fragment body =
      html::breadcrumbs(view, {{view("feedback.staff.queue"_t), Url::in(view, "/staff")}}, code);
  if (!request.query.text("done").empty())
    body += html::note({.kind = html::NoteKind::ok,
                        .body = html::fill("<p>{}</p>", view("feedback.staff.done"_t)),
                        .is_status = true});
  body += staff::review_note(view, read, feedback);
  body += staff::dispute_note(view, read, officer, feedback);
  body += case_head(d);
  if (!feedback.erased_at) body += why_this_date(d);
  if (const auto commitment = commitment_of(read, feedback.id))
    body += commitment_link(view, *commitment);
  Fragment side = work_card(d);
  side += staff::moderation_card(view, read, officer, feedback, now);
  side += staff::triage_card(view, read, officer, feedback, now);
  side += parts_card(view, read, officer, feedback, now);
  side += invitations_card(view, read, officer, feedback, now);
  side += sender_card(d);
  side += staff::facts_card(view, read, feedback, d.names);
  side += chain_card(view, chain_of(read, feedback), feedback, places_of(officer));
  body.add(R"(<div class="case"><div>{}</div><aside class="side" aria-label="{}">{}</aside></div>)",
           main, view("feedback.staff.side"_t), side);
  body += staff::keys_link(view);
  return http::page(200,
                    html::page(view, {.title = sent_title(view, feedback),
                                      .here = "/staff",
                                      .body = html::fill(R"(<div class="wrap">{}</div>)", body),
                                      .is_staff = true,
                                      .is_unlisted = true}));
}

}  // namespace ln::feedback::staff
