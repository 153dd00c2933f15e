// One case as an officer sees it: the clock, the citizen's words, what happened, what can be done.
#include <string>
#include <vector>

#include "core/attachment/attachment_pages.h"
#include "core/attachment/attachment_store.h"
#include "core/units/units_store.h"
#include "core/units/units_store_procedures.h"
#include "feature/feedback/feedback_actions_move.h"
#include "feature/feedback/feedback_actions_triage.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_pages_card.h"
#include "feature/feedback/feedback_pages_moved.h"
#include "feature/feedback/feedback_pages_staff.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_pages_staff_triage.h"
#include "feature/feedback/feedback_store_settings.h"
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
          const std::string until = d.view.voice.moment(pause_ends_at(*f.asked_at));
          out.add("<p>{}</p>", d.view.voice("feedback.staff.paused_until"_t, {{"moment", until}}));
        }
      });
}

Fragment file_list(const Desk& d, std::string_view owner_kind) {
  const auto files = attachment::list(d.read, {owner_kind, d.feedback.id.value});
  if (files.empty()) return {};
  return html::fill(R"(<ul class="files">{}</ul>)", [&](Fragment& list) {
    for (const attachment::Attachment& file : files) {
      if (file.removed_at) {
        list.add("<li>{}</li>", d.view("feedback.staff.file_removed"_t));
        continue;
      }
      list.add(R"(<li><a href="{}">{}{} ({})</a></li>)",
               Url::in(d.view, "/staff/feedback/", d.feedback.code.text(), "/files/",
                       std::string_view(file.token)),
               html::icon(file.kind == attachment::Kind::picture ? "image" : "paperclip"),
               file.name, d.view.voice.bytes(file.size));
    }
  });
}

Fragment words(const Desk& d) {
  if (d.feedback.erased_at && d.feedback.erased_because)
    return html::note(
        {.heading = d.view("feedback.erased.title"_t),
         .body = html::fill("<p>{}</p><p>{}</p>", d.view(key_of(*d.feedback.erased_because)),
                            d.view("feedback.erased.office"_t))});
  const std::string_view language = d.feedback.in_english ? "en" : "vi";
  Fragment out;
  out.add(R"(<h2 class="h-m">{}</h2><div class="quote" lang="{}">{}</div>{})",
          d.view("feedback.staff.citizen_wrote"_t), language, staff::paragraphs(d.feedback.body),
          file_list(d, "feedback"));
  const auto extras = asked_of(d.read, d.feedback.id);
  if (extras.empty()) return out;
  const auto topic = find_topic(d.read, d.feedback.topic);
  const auto questions = questions_of(d.read, topic ? topic->code : std::string());
  std::vector<html::Fact> facts;
  for (const Extra& extra : extras)
    if (const std::string_view question =
            question_of(extra, questions, d.view.voice.language() == i18n::Language::en);
        !question.empty())
      facts.push_back({question, html::fill("{}", extra.answer)});
  out += html::facts(facts, true);
  return out;
}

// Buttons for what can be done now; taking it up needs no page of its own.
Fragment work_card(const Desk& d) {
  Fragment buttons;
  bool is_first = true;
  // The one that brings the case on stands first.
  for (const Task task : {Task::accept, Task::answer, Task::assign, Task::ask, Task::promise,
                          Task::extend, Task::transfer, Task::publish, Task::note, Task::classify,
                          Task::merge, Task::decline, Task::redirect}) {
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

Fragment in_vietnamese(std::string_view text) {
  return html::fill(R"(<span lang="vi">{}</span>)", text);
}

Fragment facts_card(Desk& d) {
  const Feedback& f = d.feedback;
  const bool in_english = d.view.voice.language() == i18n::Language::en;
  std::vector<html::Fact> facts;
  const auto add = [&](TextKey term, Fragment value) {
    facts.push_back({d.view(term), std::move(value)});
  };
  add("feedback.staff.fact_kind"_t,
      html::fill("{} · {}", d.view(key_of(f.kind)), d.view(key_of(f.about))));
  if (const auto topic = find_topic(d.read, f.topic))
    add("feedback.staff.fact_topic"_t,
        html::fill("{}", in_english ? topic->name_en : topic->name_vi));
  add("feedback.staff.fact_unit"_t, in_vietnamese(d.names.of_unit(f.unit)));
  if (f.object_unit.value != 0 && f.object_unit != f.unit)
    add("feedback.staff.fact_object"_t, in_vietnamese(d.names.of_unit(f.object_unit)));
  if (const auto procedure = units::find_procedure(d.read, units::ProcedureId{f.procedure_id}))
    add("feedback.staff.fact_procedure"_t, in_vietnamese(procedure->name));
  if (!f.dossier.empty()) add("feedback.staff.fact_dossier"_t, html::code(f.dossier));
  if (!f.counter.empty()) add("feedback.staff.fact_counter"_t, html::fill("{}", f.counter));
  if (!f.place.empty()) add("feedback.staff.fact_place"_t, html::fill("{}", f.place));
  if (f.happened_on) add("feedback.staff.fact_day"_t, html::day(d.view, *f.happened_on));
  add("feedback.staff.fact_sender"_t, html::fill("{}", d.view(key_of(f.sender))));
  add("feedback.staff.fact_publicity"_t,
      html::fill("{}", d.view(f.published_at ? "feedback.staff.published"_t
                              : f.is_public  ? "feedback.staff.may_publish"_t
                                             : "feedback.staff.private"_t)));
  if (f.entered_by != 0)
    add("feedback.staff.fact_entered"_t, html::fill("{}", d.names.of_account(f.entered_by)));
  if (f.transfer_count > 0)
    add("feedback.staff.fact_transfers"_t, html::fill("{}", f.transfer_count));
  return html::card({.heading = d.view("feedback.staff.facts"_t), .body = html::facts(facts)});
}

struct EventLook {
  TextKey title;
  std::string_view icon_name;
};

EventLook look_of(std::string_view event) {
  const std::pair<std::string_view, EventLook> looks[] = {
      {"received", {"feedback.staff.event.received"_t, "inbox"}},
      {"accepted", {"feedback.staff.event.accepted"_t, "flag"}},
      {"assigned", {"feedback.staff.event.assigned"_t, "user-round"}},
      {"joined", {"feedback.event.joined"_t, "users"}},
      {"split", {"feedback.event.split"_t, "users"}},
      {escalated_word, {"feedback.event.escalated"_t, "trending-up"}},
      {supervised_word, {"feedback.event.supervised"_t, "eye"}},
      {"classified", {"feedback.event.classified"_t, "list"}},
      {reason_reorganised, {"feedback.case.event.reorganised"_t, "arrow-right"}},
      {reason_settled, {"feedback.case.event.settled"_t, "arrow-right"}},
      {"transferred", {"feedback.staff.event.transferred"_t, "arrow-right"}},
      {"asked", {"feedback.staff.event.asked"_t, "message-circle-question"}},
      {"replied", {"feedback.staff.event.replied"_t, "message-circle"}},
      {"answered", {"feedback.staff.event.answered"_t, "reply"}},
      {"promised", {"feedback.staff.event.promised"_t, "calendar-clock"}},
      {"declined", {"feedback.staff.event.declined"_t, "ban"}},
      {"redirected", {"feedback.staff.event.redirected"_t, "external-link"}},
      {"contested", {"feedback.staff.event.contested"_t, "scale"}},
      {"rated", {"feedback.staff.event.rated"_t, "star"}},
      {"reopened", {"feedback.staff.event.reopened"_t, "rotate-ccw"}},
      {"closed", {"feedback.staff.event.closed"_t, "circle-check"}},
      {"lapsed", {"feedback.staff.event.lapsed"_t, "hourglass"}},
      {"published", {"feedback.staff.event.published"_t, "eye"}},
      {"redacted", {"feedback.staff.event.redacted"_t, "eye-off"}},
      {"opened_identity", {"feedback.staff.event.opened_identity"_t, "key-round"}},
      {"noted", {"feedback.staff.event.noted"_t, "pencil"}},
      {"erased", {"feedback.case.event.erased"_t, "trash-2"}},
  };
  for (const auto& [word, look] : looks)
    if (word == event) return look;
  return {"feedback.staff.event.other"_t, "info"};
}

// What was said or decided. Why an identity was opened concerns the ombudsman and the sender.
Fragment event_body(Desk& d, const Event& event) {
  Fragment out;
  if (event.audience == Audience::staff && event.event == "noted")
    out.add(R"(<p class="row">{}</p>)",
            html::badge(html::Tone::plain, "eye-off", d.view("feedback.staff.internal"_t)));
  if (shown_word(event) == escalated_word || shown_word(event) == supervised_word)
    return html::fill("<p>{}</p>", d.view.voice("feedback.event.put_before"_t,
                                                {{"unit", d.names.of_unit(event.unit)},
                                                 {"day", d.view.voice.day_name(*event.day)}}));
  if (shown_word(event) == "transferred")
    out.add(R"(<p lang="vi">{}</p>)", d.names.of_unit(event.unit));
  if (const auto outcome = from_word(all_outcomes, event.reason))
    out.add("<p><b>{}</b></p>", d.view(key_of(*outcome)));
  if (const auto reason = from_word(all_decline_reasons, event.reason))
    out.add("<p><b>{}</b></p>", d.view(key_of(*reason)));
  if (const auto because = from_word(all_erased_because, event.reason))
    out.add("<p><b>{}</b></p>", d.view(key_of(*because)));
  if (event.day) out.add("<p>{}</p>", html::day(d.view, *event.day));
  if (event.event == "extended" && event.reason == "calendar")
    return moved_body(d.view, event.text);
  if (event.event != "opened_identity") out += staff::paragraphs(event.text);
  return out;
}

Fragment timeline(Desk& d) {
  std::vector<Event> events = events_of(d.read, d.feedback.id);
  std::vector<std::string> metas, proofs;
  for (const Event& event : events) {
    const std::string& name = d.names.of_account(event.officer_id);
    const std::string_view who = event.party == "citizen" ? d.view("feedback.staff.by_citizen"_t)
                                 : event.party == "clock" ? d.view("feedback.staff.by_clock"_t)
                                                          : std::string_view(name);
    metas.push_back(std::string(who) + (who.empty() ? "" : " · ") + d.view.voice.moment(event.at));
    if (event.joins_before)
      metas.back() += " · " + d.view.voice("feedback.case.joins"_t,
                                           {{"before", d.view.voice.moment(*event.joins_before)}});
    const std::string line = d.view.voice.number(event.ledger_index.value_or(0));
    proofs.push_back(d.view.voice("feedback.staff.line"_t, {{"line", line}}));
  }
  std::vector<html::TimelineItem> items;
  for (std::size_t i = events.size(); i-- > 0;) {
    const EventLook look = look_of(shown_word(events[i]));
    items.push_back(
        {.kind = events[i].party == "citizen" ? html::TimelineKind::outside
                                              : html::TimelineKind::office,
         .icon_name = look.icon_name,
         .title =
             d.view(events[i].reason == "calendar" ? "feedback.case.event.moved"_t : look.title),
         .body = event_body(d, events[i]),
         .meta = metas[i],
         .proof = events[i].ledger_index ? std::optional(Url::in(d.view, "/ledger")) : std::nullopt,
         .proof_text = proofs[i]});
  }
  return html::fill(R"(<h2 class="h-m sp" id="events">{}</h2>{})",
                    d.view("feedback.staff.events"_t), html::timeline(d.view, items));
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
  Fragment main = words(d);
  if (const Fragment answered = file_list(d, "feedback_answer"); !answered.empty())
    main.add(R"(<h2 class="h-m sp">{}</h2>{})", view("feedback.staff.answer_files"_t), answered);
  main += timeline(d);
  Fragment body =
      html::breadcrumbs(view, {{view("feedback.staff.queue"_t), Url::in(view, "/staff")}}, code);
  if (!request.query.text("done").empty())
    body += html::note({.kind = html::NoteKind::ok,
                        .body = html::fill("<p>{}</p>", view("feedback.staff.done"_t)),
                        .is_status = true});
  body += case_head(d);
  body.add(
      R"(<div class="case"><div>{}</div>
<aside class="side" aria-label="{}">{}{}{}{}{}</aside></div>)",
      main, view("feedback.staff.side"_t), work_card(d),
      staff::triage_card(view, read, officer, feedback, now), sender_card(d), facts_card(d),
      chain_card(view, chain_of(read, feedback), feedback, places_of(officer)));
  return http::page(200,
                    html::page(view, {.title = sent_title(view, feedback),
                                      .here = "/staff",
                                      .body = html::fill(R"(<div class="wrap">{}</div>)", body),
                                      .is_staff = true,
                                      .is_unlisted = true}));
}

Result<http::Response> case_file(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer) {
  TRY(const Feedback feedback, staff::visible_case(read, officer, request.path_text("code")));
  const auto file = attachment::find(read, request.path_text("token"));
  const bool is_ours = file && file->owner_id == feedback.id.value &&
                       (file->owner_kind == "feedback" || file->owner_kind == "feedback_answer");
  auto response =
      is_ours ? attachment::file_response(read, *file, attachment::Part::whole) : std::nullopt;
  if (!response) return Error{ErrorKind::not_found, "feedback.error.no_such_file"_t};
  return *std::move(response);
}

}  // namespace ln::feedback::staff
