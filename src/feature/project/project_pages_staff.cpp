// The list and the desk.
#include "feature/project/project_pages_staff.h"

#include <algorithm>
#include <utility>

#include "feature/project/project_actions.h"
#include "feature/project/project_pages_parts.h"
#include "feature/project/project_store_reissue.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/form_page.h"
#include "platform/http/http_parse.h"

namespace ln::project::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t listed_max = 200, waiting_shown = 100;

Url desk_of(const View& view, ProjectId id) { return Url::in(view, "/staff/projects/", id.value); }

struct Desk {
  const http::Request& request;
  const people::Officer& officer;
  Project p;
  Fragment rounds, waiting, letters;
  bool takes_in = false;
  std::vector<Round> all_rounds;
  Instant now;
  std::string failed{};  // the form that was refused

  View view() const { return people::view_of(request, officer.staff()); }
  // As it was typed into the form that was refused.
  std::string_view typed(std::string_view form, std::string_view name) const {
    return failed == form ? request.form.text(name) : std::string_view();
  }
};

// What waits, the one that is due first at the beginning; by codes that tell no number.
Fragment waiting_part(const View& view, db::Read& read, const Project& p, Instant now) {
  Fragment list;
  for (const Question& each : waiting_of(read, p.id, waiting_shown)) {
    const bool is_late = now >= each.due_at;
    list.add(R"(<li><a href="{}" translate="no">{}</a> {}</li>)",
             Url::in(view, "/staff/projects/", p.id.value, "/questions/", each.code->text()),
             each.code->shown(),
             html::badge(is_late ? html::Tone::late : html::Tone::info,
                         is_late ? "triangle-alert" : "clock",
                         view.voice(is_late ? "project.question.late"_t : "project.question.due"_t,
                                    {{"moment", view.voice.moment(each.due_at)}})));
  }
  Fragment out = fill(R"(<h2 class="h-m sp">{}</h2><p>{}</p>)", view("project.desk.waiting"_t),
                      view("project.desk.waiting_lead"_t));
  if (list.empty())
    out += html::nothing_here(view("project.desk.nothing_waits"_t));
  else
    out.add(R"(<ul class="list">{}</ul>)", list);
  return out;
}

// How many letters were printed again, for who answers for those who print them. Whose they were is
// written nowhere.
Fragment printed_again(const View& view, db::Read& read, const Project& p, Instant now) {
  const Instant soon = now + std::chrono::days(1);
  constexpr std::chrono::days lately{30};
  return fill(
      "<p>{}</p>",
      view.voice("project.reissue.head"_t,
                 {{"count", view.voice.number(count_reissues(read, p.id, Instant{}, soon))},
                  {"lately", view.voice.number(count_reissues(read, p.id, now - lately, soon))}}));
}

Result<Desk> load_desk(const http::Request& request,
                       db::Read& read,
                       const people::Officer& officer,
                       Instant now) {
  auto p = find(read, ProjectId{request.path_number("id")});
  if (!p || !may_enter(officer, p->unit_path))
    return Error{ErrorKind::not_found, "project.error.none"_t};
  const View view = people::view_of(request, officer.staff());
  Desk desk{.request = request,
            .officer = officer,
            .p = *p,
            .rounds = rounds_part(view, read, *p, now),
            .waiting = {},
            .letters = printed_again(view, read, *p, now),
            .all_rounds = rounds_of(read, p->id),
            .now = now};
  desk.takes_in = may_import(read, officer, *p);
  if (may_answer(read, officer, *p)) desk.waiting = waiting_part(view, read, *p, now);
  return desk;
}

Fragment act_form(const Desk& desk, std::string_view act, Fragment body) {
  body += html::hidden("revision", std::to_string(desk.p.revision));
  return html::form(desk.view(),
                    {.action = Url::in(desk.view(), "/staff/projects/", desk.p.id.value, "/", act),
                     .body = std::move(body)});
}

Fragment publish_part(const Desk& desk, const Error* error) {
  const View view = desk.view();
  const bool is_failed = desk.failed == "publish";
  const auto wrong = [&](std::string_view field) {
    return is_failed ? html::error_for(view, error, field) : std::string_view();
  };
  html::Choices kinds{.name = "kind",
                      .legend = {view("project.item.kind"_t)},
                      .error = wrong("kind"),
                      .values = {desk.typed("publish", "kind")}};
  for (const ItemKind each : all_item_kinds)
    kinds.choices.push_back({.value = to_text(each), .text = view(key_of(each))});
  Fragment fields = html::radios(view, kinds);
  fields += html::input(view, {.name = "document",
                               .label = {view("project.item.document"_t)},
                               .hint = view("project.item.document_hint"_t),
                               .error = wrong("document"),
                               .value = desk.typed("publish", "document")});
  fields += html::input(view, {.name = "dated_on",
                               .label = {view("project.item.dated_on"_t)},
                               .error = wrong("dated_on"),
                               .value = desk.typed("publish", "dated_on"),
                               .type = "date"});
  fields += html::input(view, {.name = "title",
                               .label = {view("project.item.title"_t)},
                               .error = wrong("title"),
                               .value = desk.typed("publish", "title")});
  fields += html::textarea(view, {.name = "text",
                                  .label = {view("project.item.text"_t)},
                                  .hint = view("project.item.text_hint"_t),
                                  .error = wrong("text"),
                                  .value = desk.typed("publish", "text"),
                                  .rows = 8,
                                  .chars_max = static_cast<int>(item_chars_max)});
  fields += html::button({.text = view("project.desk.publish_do"_t), .once = true});
  return html::details(view("project.desk.publish"_t),
                       fill("<p>{}</p>{}", view("project.desk.publish_lead"_t),
                            act_form(desk, "publish", std::move(fields))),
                       is_failed);
}

Fragment round_part(const Desk& desk, const Error* error) {
  const View view = desk.view();
  if (may_open(desk.all_rounds).ok()) {
    Fragment fields = html::input(
        view, {.name = "asks_until",
               .label = {view("project.desk.asks_until"_t)},
               .hint = view.voice("project.desk.asks_until_hint"_t,
                                  {{"least", view.voice.number(round_days_min)},
                                   {"most", view.voice.number(round_days_max)}}),
               .error = desk.failed == "open" ? html::error_for(view, error, "asks_until")
                                              : std::string_view(),
               .value = desk.typed("open", "asks_until"),
               .type = "date"});
    fields += html::button({.text = view("project.desk.open_do"_t), .once = true});
    return act_form(desk, "open", std::move(fields));
  }
  // Whether something waits is not said here: who presses the button learns that it cannot be
  // closed yet, and no more.
  if (desk.all_rounds.back().takes_questions(desk.now))
    return fill("<p>{}</p>", view("project.error.still_asks"_t));
  return fill("<p>{}</p>{}", view("project.desk.close_lead"_t),
              act_form(desk, "close",
                       html::button({.text = view("project.desk.close_do"_t),
                                     .kind = html::ButtonKind::secondary,
                                     .once = true})));
}

http::Response show_desk(const Desk& desk, const Error* error) {
  const View view = desk.view();
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l" lang="vi">{}</h1><p><a href="{}">{}</a></p>)", desk.p.name_vi,
           page_of(view, desk.p.id), view("project.desk.public"_t));
  body += desk.waiting;
  if (desk.takes_in) {
    body += html::link_button(Url::in(view, "/staff/projects/", desk.p.id.value, "/files"),
                              {.text = view("project.files.title"_t),
                               .kind = html::ButtonKind::secondary,
                               .icon_before = "upload"});
    body += html::link_button(Url::in(view, "/staff/projects/", desk.p.id.value, "/letter"),
                              {.text = view("project.reissue.title"_t),
                               .kind = html::ButtonKind::secondary,
                               .icon_before = "printer"});
  }
  body += desk.rounds;
  if (may_lead(desk.officer, desk.p.unit_path)) {
    body += desk.letters;
    body += round_part(desk, error);
    body += publish_part(desk, error);
  }
  return http::form_page(view, {.title = desk.p.name_vi,
                                .here = "/staff/projects",
                                .body = std::move(body),
                                .error = error,
                                .is_staff = true});
}

ItemTyped item_in(const http::Fields& form) {
  return {.kind = from_word(all_item_kinds, form.text("kind")),
          .document = std::string(form.text("document")),
          .title = std::string(form.text("title")),
          .text = std::string(form.text("text")),
          .dated_on = http::parse_day(form.text("dated_on"))};
}

Result<Done> perform_act(db::Write& write,
                         const OfficeAct& act,
                         const http::Fields& form,
                         std::string_view name) {
  if (name == "publish") {
    TRY([[maybe_unused]] const Item item, publish(write, act, item_in(form)));
  } else if (name == "open") {
    TRY([[maybe_unused]] const Round round,
        open_round(write, act, http::parse_day(form.text("asks_until"))));
  } else {
    TRY([[maybe_unused]] const Round round, close_round(write, act));
  }
  return Done{};
}

}  // namespace

Result<http::Response> list_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer) {
  const View view = people::view_of(request, officer.staff());
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("project.title"_t),
                       view("project.desk.lead"_t));
  if (officer.staff().has(people::Role::head))
    body += html::link_button(Url::in(view, "/staff/projects/new"),
                              {.text = view("project.new.title"_t), .icon_before = "file-text"});
  Fragment list;
  for (const std::string& top : officer.tops())
    for (const Project& each : projects_within(read, top, listed_max))
      if (may_enter(officer, each.unit_path))
        list.add(R"(<li><h2 class="h-s"><a href="{}" lang="vi">{}</a></h2>)"
                 R"(<p class="row meta">{}</p></li>)",
                 desk_of(view, each.id), each.name_vi, unit_name(view, read, each.unit));
  if (list.empty())
    body += html::nothing_here(view("project.desk.none"_t));
  else
    body.add(R"(<ul class="list">{}</ul>)", list);
  return http::form_page(view, {.title = view("project.title"_t),
                                .here = "/staff/projects",
                                .body = std::move(body),
                                .is_staff = true});
}

Result<http::Response> desk_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now) {
  TRY(const Desk desk, load_desk(request, read, officer, now));
  return show_desk(desk, nullptr);
}

Result<http::Pending> act_post(const http::Request& request,
                               db::Read& read,
                               people::Officer officer,
                               Random& random,
                               Instant now) {
  TRY(Desk desk, load_desk(request, read, officer, now));
  desk.failed = std::string(request.path_text("act"));
  constexpr std::string_view names[] = {"publish", "open", "close"};
  if (std::ranges::find(names, desk.failed) == std::end(names) ||
      !may_lead(officer, desk.p.unit_path))
    return Error{ErrorKind::not_found, "project.error.none"_t};
  const OfficeAct act{.officer = officer,
                      .id = desk.p.id,
                      .revision = request.form.number("revision").value_or(0),
                      .salts = ledger::draw(random),
                      .now = now};
  const std::string back(desk_of(request.view, desk.p.id).view());
  return http::Pending::commit(
      [&request, act, name = desk.failed](db::Write& write) {
        return perform_act(write, act, request.form, name);
      },
      [&request, officer, desk, back](const Result<Done>& done, std::string_view) {
        if (done.ok()) return http::see_other(back);
        if (done.error().kind != ErrorKind::invalid)
          return http::error_response(request, done.error());
        // Of the officer who lives as long as this answer.
        const Desk again{request,      officer,       desk.p,          desk.rounds, desk.waiting,
                         desk.letters, desk.takes_in, desk.all_rounds, desk.now,    desk.failed};
        return show_desk(again, &done.error());
      });
}

}  // namespace ln::project::staff
