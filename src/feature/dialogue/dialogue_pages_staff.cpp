#include "feature/dialogue/dialogue_pages_staff.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"
#include "feature/dialogue/dialogue_actions.h"
#include "feature/dialogue/dialogue_pages_parts.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/html/spoken.h"
#include "platform/http/form_page.h"

namespace ln::dialogue::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t desk_listed_max = 200;

Url desk_url(const View& view, DialogueId id) {
  return Url::in(view, "/staff/dialogues/", id.value);
}

// Everything the desk shows; and what was typed into one of its forms, with what is wrong with it.
struct Desk {
  const http::Request& request;
  const people::Officer& officer;
  Dialogue d;
  Open open;
  Fragment meta, questions;
  std::vector<Contest> contests;  // that wait for an answer
  std::string draft;              // of the minutes
  std::optional<Minutes> minutes;
  Instant now;
  std::string failed{}, reason{}, reply{};
  std::int64_t replied_to = 0;  // the contest `reply` was typed for

  View view() const { return people::view_of(request, officer.staff()); }
};

// What was asked, answered and promised, for whoever writes the minutes to begin with.
std::string draft_of(const View& view, db::Read& read, const Dialogue& d) {
  const std::string moment = view.voice.moment(d.starts_at);
  std::string text = d.topic_vi + "\n" +
                     view.voice("dialogue.draft.head"_t,
                                {{"moment", moment}, {"place", d.place}, {"leader", d.leader}}) +
                     "\n\n";
  const auto promises = promises_of(read, d.id);
  for (const Question& each : questions_of(read, d.id)) {
    if (each.state != Sight::shown) continue;
    text += each.code->shown() + ". " + each.body + "\n" +
            std::string(view("dialogue.question.answer"_t)) + ": " + each.answer + "\n";
    for (const Promise& promise : promises)
      if (promise.question_id == each.id.value)
        text += std::string(view("dialogue.question.promised"_t)) + " " + promise.text + " (" +
                view.voice("commitment.until"_t, {{"day", view.voice.date(promise.due_on)}}) +
                ")\n";
    text += "\n";
  }
  return text;
}

Fragment queue_of(const View& view, db::Read& read, const Dialogue& d, Instant now) {
  Fragment list;
  auto merged = merged_in(read, d.id);
  for (const Question& each : questions_of(read, d.id)) {
    Fragment extra =
        fill(R"(<p><a href="{}">{}<span class="vh"> {}</span></a></p>)",
             Url::in(view, "/staff/dialogues/", d.id.value, "/questions/", each.code->text()),
             view("dialogue.desk.question"_t), each.code->shown());
    if (d.stage == Stage::live && each.state == Sight::shown && each.turn == Turn::waiting) {
      Fragment body = html::hidden("revision", std::to_string(each.revision));
      body.add(R"(<button type="submit" class="govuk-button govuk-button--secondary btn--quiet">)"
               R"({}{}<span class="vh"> {}</span></button>)",
               html::icon("mic"), view("dialogue.desk.call"_t), each.code->shown());
      extra += html::form(view, {.action = Url::in(view, "/staff/dialogues/", d.id.value,
                                                   "/questions/", each.code->text(), "/call"),
                                 .body = std::move(body)});
    }
    list += question_item(
        view,
        {.question = each, .merged = std::move(merged[each.id.value]), .extra = std::move(extra)},
        now);
  }
  if (list.empty()) return html::nothing_here(view("dialogue.no_questions"_t));
  return fill(R"(<ul class="plain">{}</ul>)", list);
}

std::vector<Contest> waiting_contests(db::Read& read, const Dialogue& d) {
  auto all = contests_of(read, d.id);
  std::erase_if(all, [](const Contest& each) { return each.answered_at.has_value(); });
  return all;
}

Result<Desk> desk_of(const http::Request& request,
                     db::Read& read,
                     const people::Officer& officer,
                     Instant now) {
  auto d = find(read, DialogueId{request.path_number("id")});
  if (!d || !may_take_in(officer, d->unit_path))
    return Error{ErrorKind::not_found, "dialogue.error.none"_t};
  const View view = people::view_of(request, officer.staff());
  return Desk{.request = request,
              .officer = officer,
              .d = *d,
              .open = open_of(read, *d),
              .meta = dialogue::meta(view, read, *d, now),
              .questions = queue_of(view, read, *d, now),
              .contests = waiting_contests(read, *d),
              .draft = draft_of(view, read, *d),
              .minutes = find_minutes(read, d->id, d->minutes),
              .now = now};
}

Fragment act_form(const Desk& desk, std::string_view act, Fragment body) {
  body += html::hidden("revision", std::to_string(desk.d.revision));
  return html::form(desk.view(),
                    {.action = Url::in(desk.view(), "/staff/dialogues/", desk.d.id.value, "/", act),
                     .body = std::move(body)});
}

std::string reply_id(const Contest& contest) {
  return "answer-" + std::to_string(contest.id.value);
}

Fragment contests_part(const Desk& desk, const Error* error) {
  const View view = desk.view();
  Fragment out;
  for (const Contest& each : desk.contests) {
    const bool is_failed = desk.failed == "contest" && desk.replied_to == each.id.value;
    Fragment fields = html::textarea(
        view, {.name = "answer",
               .label = {view("dialogue.desk.contest_answer"_t)},
               .error = is_failed ? html::error_for(view, error, "answer") : std::string_view(),
               .value = is_failed ? std::string_view(desk.reply) : std::string_view(),
               .id = reply_id(each),
               .rows = 3,
               .chars_max = static_cast<int>(answer_chars_max)});
    fields += html::hidden("contest", std::to_string(each.id.value));
    fields += html::button({.text = view("dialogue.desk.contest_do"_t), .once = true});
    out += html::note({.kind = html::NoteKind::warn,
                       .heading = view("dialogue.desk.contest"_t),
                       .body = fill(R"(<div lang="vi">{}</div>)", html::paragraphs(each.body))});
    out += act_form(desk, "contest", std::move(fields));
  }
  return out;
}

Fragment minutes_part(const Desk& desk, const Error* error) {
  const View view = desk.view();
  Fragment out = fill(R"(<h2 class="h-m sp">{}</h2>)", view("dialogue.minutes.title"_t));
  if (desk.minutes)
    out.add(R"(<p><a href="{}">{}</a></p>)",
            Url::in(view, "/dialogues/", desk.d.id.value, "/minutes"),
            view.voice("dialogue.minutes.proposed"_t,
                       {{"number", view.voice.number(desk.minutes->number)},
                        {"day", view.voice.date(desk.minutes->contest_until)}}));
  out += contests_part(desk, error);
  if (const auto ready = may_propose(desk.open); !ready.ok()) {
    out += html::note(
        {.kind = html::NoteKind::warn, .body = fill("<p>{}</p>", view(ready.error().text))});
    return out;
  }
  const bool is_failed = desk.failed == "minutes";
  Fragment fields = html::textarea(
      view,
      {.name = "minutes",
       .label = {view("dialogue.desk.minutes"_t)},
       .hint = view("dialogue.desk.minutes_hint"_t),
       .error = is_failed ? html::error_for(view, error, "minutes") : std::string_view(),
       .value = desk.minutes ? std::string_view(desk.minutes->text) : std::string_view(desk.draft),
       .rows = 16});
  fields += html::button({.text = view("dialogue.desk.minutes_do"_t), .once = true});
  out += act_form(desk, "minutes", std::move(fields));
  if (!desk.minutes) return out;
  if (const auto ready = may_approve(desk.open, desk.now); ready.ok())
    out += act_form(desk, "approve",
                    html::button({.text = view("dialogue.desk.approve"_t), .once = true}));
  else
    out.add("<p>{}</p>", view(ready.error().text));
  return out;
}

Fragment run_part(const Desk& desk, const Error* error) {
  const View view = desk.view();
  Fragment out;
  if (desk.d.stage == Stage::announced) {
    out += act_form(
        desk, "start",
        html::button({.text = view("dialogue.desk.start"_t), .icon_before = "mic", .once = true}));
    const bool is_failed = desk.failed == "cancel";
    Fragment fields = html::textarea(
        view, {.name = "reason",
               .label = {view("dialogue.desk.cancel_reason"_t)},
               .error = is_failed ? html::error_for(view, error, "reason") : std::string_view(),
               .value = desk.reason,
               .rows = 3,
               .chars_max = static_cast<int>(summary_chars_max)});
    fields += html::button({.text = view("dialogue.desk.cancel_do"_t),
                            .kind = html::ButtonKind::warning,
                            .once = true});
    out += html::details(view("dialogue.desk.cancel"_t),
                         act_form(desk, "cancel", std::move(fields)), is_failed);
  }
  if (desk.d.stage == Stage::live)
    out += act_form(desk, "finish",
                    html::button({.text = view("dialogue.desk.finish"_t),
                                  .kind = html::ButtonKind::secondary,
                                  .once = true}));
  if (desk.d.stage == Stage::ended) out += minutes_part(desk, error);
  return out;
}

http::Response show_desk(const Desk& desk, const Error* error) {
  const View view = desk.view();
  Fragment body =
      html::error_summary(view, error, {{"answer", "answer-" + std::to_string(desk.replied_to)}});
  body.add(R"(<h1 class="h-l" lang="vi">{}</h1>{}<p><a href="{}">{}</a></p>)", desk.d.topic_vi,
           desk.meta, page_of(view, desk.d.id), view("dialogue.desk.public"_t));
  if (desk.d.takes_in_hall())
    body += html::link_button(Url::in(view, "/staff/dialogues/", desk.d.id.value, "/hall"),
                              {.text = view("dialogue.hall.title"_t), .icon_before = "pencil"});
  if (may_run(desk.officer, desk.d.unit_path)) body += run_part(desk, error);
  body.add(R"(<h2 class="h-m sp">{}</h2>{})", view("dialogue.desk.queue"_t), desk.questions);
  return http::form_page(view, {.title = desk.d.topic_vi,
                                .here = "/staff/dialogues",
                                .body = std::move(body),
                                .error = error,
                                .is_staff = true});
}

Result<Dialogue> perform(db::Write& write,
                         const RunAct& act,
                         const http::Fields& form,
                         std::string_view name) {
  if (name == "start") return start(write, act);
  if (name == "finish") return finish(write, act);
  if (name == "cancel") return cancel(write, act, std::string(form.text("reason")));
  if (name == "minutes") return propose_minutes(write, act, std::string(form.text("minutes")));
  if (name == "approve") return approve_minutes(write, act);
  return answer_contest(write, act, ContestId{form.number("contest").value_or(0)},
                        std::string(form.text("answer")));
}

}  // namespace

Result<http::Response> list_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now) {
  const View view = people::view_of(request, officer.staff());
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("dialogue.title"_t),
                       view("dialogue.desk.lead"_t));
  if (officer.staff().has(people::Role::head))
    body += html::link_button(Url::in(view, "/staff/dialogues/new"),
                              {.text = view("dialogue.new.title"_t), .icon_before = "megaphone"});
  bool any = false;
  for (const Stage stage : all_stages) {
    Fragment list;
    for (const Dialogue& d : in_stage(read, stage, desk_listed_max))
      if (may_take_in(officer, d.unit_path))
        list += session_item(view, read, d, desk_url(view, d.id), now);
    if (list.empty()) continue;
    any = true;
    body.add(R"(<h2 class="h-m sp">{}</h2><ul class="list">{}</ul>)", view(key_of(stage)), list);
  }
  if (!any) body += html::nothing_here(view("dialogue.desk.none"_t));
  return http::form_page(view, {.title = view("dialogue.title"_t),
                                .here = "/staff/dialogues",
                                .body = std::move(body),
                                .is_staff = true});
}

Result<http::Response> desk_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now) {
  TRY(const Desk desk, desk_of(request, read, officer, now));
  return show_desk(desk, nullptr);
}

Result<http::Pending> act_post(const http::Request& request,
                               db::Read& read,
                               people::Officer officer,
                               Random& random,
                               Instant now) {
  TRY(Desk desk, desk_of(request, read, officer, now));
  desk.failed = std::string(request.path_text("act"));
  constexpr std::string_view names[] = {"start",   "finish",  "cancel",
                                        "minutes", "approve", "contest"};
  if (std::ranges::find(names, desk.failed) == std::end(names) ||
      !may_run(officer, desk.d.unit_path))
    return Error{ErrorKind::not_found, "dialogue.error.none"_t};
  desk.reason = request.form.text("reason");
  desk.reply = request.form.text("answer");
  desk.replied_to = request.form.number("contest").value_or(0);
  if (desk.failed == "minutes") {
    if (!desk.minutes) desk.minutes = Minutes{};
    desk.minutes->text = request.form.text("minutes");
  }
  const RunAct act{.officer = officer,
                   .id = desk.d.id,
                   .revision = request.form.number("revision").value_or(0),
                   .salts = ledger::draw(random),
                   .now = now};
  const std::string back(desk_url(request.view, desk.d.id).view());
  return http::Pending::commit(
      [&request, act, name = desk.failed](db::Write& write) {
        return perform(write, act, request.form, name);
      },
      [&request, officer, desk, back](const Result<Dialogue>& done, std::string_view) {
        if (done.ok()) return http::see_other(back);
        if (done.error().kind != ErrorKind::invalid)
          return http::error_response(request, done.error());
        // Of the officer who lives as long as this answer.
        const Desk again{request,        officer,       desk.d,     desk.open,      desk.meta,
                         desk.questions, desk.contests, desk.draft, desk.minutes,   desk.now,
                         desk.failed,    desk.reason,   desk.reply, desk.replied_to};
        return show_desk(again, &done.error());
      });
}

}  // namespace ln::dialogue::staff
