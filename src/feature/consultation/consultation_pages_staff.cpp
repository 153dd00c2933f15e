#include "feature/consultation/consultation_pages_staff.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_late.h"
#include "core/units/units_store.h"
#include "core/workdays/workdays.h"
#include "feature/consultation/consultation_actions_token.h"
#include "feature/consultation/consultation_actions_vote.h"
#include "feature/consultation/consultation_pages_parts.h"
#include "feature/consultation/consultation_store_answer.h"
#include "feature/consultation/consultation_store_votes.h"
#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/form_page.h"

namespace ln::consultation::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t listed_max = 200, comments_shown = 20;

std::optional<Day> day_in(std::string_view text) {
  const auto at =
      text.size() == 10 ? ledger::instant_of(std::string(text) + "T00:00:00Z") : std::nullopt;
  if (!at) return std::nullopt;
  return Day(std::chrono::duration_cast<std::chrono::days>(at->time_since_epoch()));
}

Url desk_url(const View& view, const Consultation& c) {
  return Url::in(view, "/staff/consultations/", c.id.value);
}

// Everything the desk shows; and what was typed into one of its forms, with what is wrong with it.
struct Desk {
  const http::Request& request;
  const people::Officer& officer;
  Consultation c;
  std::vector<Version> versions;
  std::vector<Statement> statements;
  std::map<std::string, Counts> counts;
  std::vector<Comment> comments;
  std::string unit;
  Instant now;
  bool is_decided = false;
  std::string closes_on{}, statement{}, from{};
  std::optional<Day> looked_at{};  // how long it would be open
  // Whom a draft about those who work here may be for, the nearest unit first; and which was
  // chosen.
  std::vector<Audience> audiences{};
  std::string audience{};
  bool has_tokens = false;

  View view() const { return people::view_of(request, officer.staff()); }
};

Result<Desk> desk_of(const http::Request& request,
                     db::Read& read,
                     const people::Officer& officer,
                     Instant now) {
  auto c = find(read, ConsultationId{request.path_number("id")});
  if (!c || !may_edit(officer, c->unit_path))
    return Error{ErrorKind::not_found, "consultation.error.none"_t};
  const auto unit = units::find(read, c->unit);
  Desk desk{.request = request,
            .officer = officer,
            .c = *c,
            .versions = versions_of(read, c->id),
            .statements = all_statements(read, c->id),
            .counts = counts_by_clause(read, c->id),
            .comments = newest_comments(read, c->id, request.query.number("before").value_or(0),
                                        comments_shown + 1),
            .unit = unit ? unit->name : "",
            .now = now,
            .is_decided = find_decision(read, c->id).has_value(),
            .audiences = audiences_of(read, *c),
            .has_tokens = find_token_key(read, c->id).has_value()};
  if (!desk.audiences.empty()) desk.audience = desk.audiences.front().unit.code;
  return desk;
}

Fragment act_form(const Desk& desk, std::string_view act, Fragment body) {
  body += html::hidden("revision", std::to_string(desk.c.revision));
  return html::form(desk.view(), {.action = Url::in(desk.view(), "/staff/consultations/",
                                                    desk.c.id.value, "/", act),
                                  .body = std::move(body)});
}

Fragment day_field(const Desk& desk, const Error* error) {
  const View view = desk.view();
  return html::input(view, {.name = "closes_on",
                            .label = {view("consultation.desk.closes_on"_t)},
                            .hint = view("consultation.desk.closes_on_hint"_t),
                            .error = html::error_for(view, error, "closes_on"),
                            .value = desk.closes_on,
                            .type = "date"});
}

// For whom the draft is, when it concerns those who work here.
Fragment audience_field(const Desk& desk, const Error* error) {
  const View view = desk.view();
  if (desk.audiences.empty() && html::error_for(view, error, "audience").empty()) return {};
  std::vector<std::string> texts;
  texts.reserve(desk.audiences.size());
  for (const Audience& each : desk.audiences)
    texts.push_back(each.unit.name + ": " +
                    view.voice.counted("consultation.token.people"_t, each.people));
  html::Select select{.name = "audience",
                      .label = {view("consultation.token.audience"_t)},
                      .hint = view("consultation.token.audience_hint"_t),
                      .error = html::error_for(view, error, "audience"),
                      .value = desk.audience};
  for (std::size_t i = 0; i < texts.size(); ++i)
    select.options.push_back({desk.audiences[i].unit.code, texts[i]});
  select.options.push_back({"none", view("consultation.token.audience_none"_t)});
  return html::select(view, select);
}

// How long it would be open, and which days off lie in it.
Fragment looked_at(const Desk& desk) {
  if (!desk.looked_at) return {};
  const View view = desk.view();
  const Day from = local_day(desk.c.opened_at.value_or(desk.now));
  const Window window = window_of(from, *desk.looked_at, workdays::current()->days());
  Fragment days;
  const bool en = view.voice.language() == i18n::Language::en;
  for (const calendar::NamedDay& each : window.off)
    days.add("<li>{}: {}</li>", view.voice.date(each.day), en ? each.name_en : each.name_vi);
  Fragment body =
      fill("<p>{}</p>", view.voice("consultation.window_days"_t,
                                   {{"days", view.voice.number(window.days)},
                                    {"working", view.voice.number(window.working_days)}}));
  if (!days.empty()) body.add("<ul>{}</ul>", days);
  if (window.runs_over_holidays()) body.add("<p>{}</p>", view("consultation.desk.over_holidays"_t));
  return html::note({.kind = window.off.empty() ? html::NoteKind::info : html::NoteKind::warn,
                     .heading = view("consultation.window"_t),
                     .body = std::move(body),
                     .is_status = true});
}

Fragment time_part(const Desk& desk, const Error* error) {
  const View view = desk.view();
  const bool is_new = desk.c.stage == Stage::editing;
  Fragment out = fill(R"(<h2 class="h-m">{}</h2>)",
                      view(is_new ? "consultation.desk.open"_t : "consultation.desk.extend"_t));
  if (const Period* period = period_of(desk.c.kind))
    out.add(R"(<p>{} <span class="muted" lang="vi">{}</span></p>)",
            view.voice.counted("consultation.least_days"_t, period->days), period->source);
  out += looked_at(desk);
  Fragment body = day_field(desk, error);
  if (is_new) body += audience_field(desk, error);
  body += html::button({.text = view("consultation.desk.look"_t),
                        .kind = html::ButtonKind::secondary,
                        .name = "step",
                        .value = "check"});
  body += html::button(
      {.text = view(is_new ? "consultation.desk.open_do"_t : "consultation.desk.extend_do"_t),
       .name = "step",
       .value = "do",
       .once = true});
  out += act_form(desk, is_new ? "open" : "extend", std::move(body));
  return out;
}

Fragment versions_part(const Desk& desk) {
  const View view = desk.view();
  const html::Column columns[] = {{view("consultation.version"_t)},
                                  {view("consultation.desk.published"_t)},
                                  {view("consultation.desk.note"_t)}};
  Fragment rows;
  for (const Version& each : desk.versions) {
    Fragment row;
    const std::string number =
        std::string(view("consultation.version"_t)) + " " + view.voice.number(each.number);
    if (each.published_at)
      html::add_head_cell(
          row, fill(R"(<a href="{}">{}</a>)",
                    Url::in(view, "/consultations/", desk.c.id.value, "/versions/", each.number),
                    number));
    else
      html::add_head_cell(row, fill("{}", number));
    html::add_cell(row, columns[1],
                   each.published_at ? html::moment(view, *each.published_at)
                                     : fill("{}", view("consultation.desk.not_published"_t)));
    html::add_cell(row, columns[2], each.note);
    rows.add("<tr>{}</tr>", row);
  }
  Fragment out = html::table({.caption = view("consultation.desk.versions"_t),
                              .columns = columns,
                              .rows = std::move(rows)});
  // What was accepted must be written somewhere, also when nobody may comment any more.
  if (!desk.is_decided)
    out.add(R"(<p><a href="{}">{}</a></p>)",
            Url::in(view, "/staff/consultations/", desk.c.id.value, "/text"),
            view(desk.c.stage == Stage::editing ? "consultation.edit.title"_t
                                                : "consultation.edit.next_title"_t));
  const bool has_next = !desk.is_decided && desk.c.stage != Stage::editing &&
                        !desk.versions.empty() && !desk.versions.back().published_at;
  if (has_next)
    out += act_form(desk, "publish",
                    html::button({.text = view("consultation.desk.publish"_t), .once = true}));
  return out;
}

Fragment statements_part(const Desk& desk, const Error* error) {
  const View view = desk.view();
  Fragment out = fill(R"(<h2 class="h-m">{}</h2><p>{}</p>)", view("consultation.desk.statements"_t),
                      view("consultation.desk.statements_lead"_t));
  Fragment list;
  for (const Statement& each : desk.statements) {
    Fragment body = html::hidden("statement", std::to_string(each.id.value));
    body += html::hidden("on", each.is_on ? "0" : "1");
    body += html::button({.text = view(each.is_on ? "consultation.desk.switch_off"_t
                                                  : "consultation.desk.switch_on"_t),
                          .kind = html::ButtonKind::secondary});
    list.add(R"(<li class="op"><q lang="vi">{}</q> <span class="muted">{}</span>{}</li>)",
             each.text, each.clause.empty() ? std::string() : cited(view, each.clause),
             act_form(desk, "switch", std::move(body)));
  }
  if (!list.empty()) out.add(R"(<ul class="plain">{}</ul>)", list);
  Fragment body = html::textarea(view, {.name = "text",
                                        .label = {view("consultation.desk.statement"_t)},
                                        .hint = view("consultation.desk.statement_hint"_t),
                                        .error = html::error_for(view, error, "text"),
                                        .value = desk.statement,
                                        .rows = 2,
                                        .chars_max = static_cast<int>(statement_chars_max)});
  body += html::input(
      view, {.name = "from",
             .label = {.text = view("consultation.desk.statement_from"_t), .is_optional = true},
             .hint = view("consultation.desk.statement_from_hint"_t),
             .error = html::error_for(view, error, "from"),
             .value = desk.from,
             .width = 20});
  body += html::button({.text = view("consultation.desk.statement_do"_t), .once = true});
  out += act_form(desk, "statement", std::move(body));
  return out;
}

Fragment hide_form(const Desk& desk, const Comment& comment) {
  if (comment.state == Sight::withdrawn) return {};
  const View view = desk.view();
  const bool is_hidden = comment.state == Sight::hidden;
  Fragment body = html::hidden("revision", std::to_string(comment.revision));
  const std::string id = "reason-" + comment.code->text();
  if (!is_hidden) {
    html::Select select{.name = "reason", .label = {view("consultation.desk.reason"_t)}, .id = id};
    for (const HideReason each : all_hide_reasons)
      select.options.push_back({to_text(each), view(key_of(each))});
    body += html::select(view, select);
  }
  body += html::button(
      {.text = view(is_hidden ? "consultation.desk.show"_t : "consultation.desk.hide"_t),
       .kind = html::ButtonKind::secondary});
  const Fragment form = html::form(
      view, {.action = Url::in(view, "/staff/consultations/", desk.c.id.value, "/comments/",
                               comment.code->text(), is_hidden ? "/show" : "/hide"),
             .body = std::move(body)});
  return is_hidden ? form : html::details(view("consultation.desk.hide"_t), form);
}

Fragment comments_part(const Desk& desk) {
  const View view = desk.view();
  const Counts total = total_of(desk.counts);
  Fragment out = fill(R"(<h2 class="h-m" id="said">{}</h2>)",
                      view.voice.counted("consultation.said"_t, total.all));
  if (desk.comments.empty()) {
    out += html::nothing_here(view("consultation.nothing_said"_t));
    return out;
  }
  const std::size_t shown =
      std::min(desk.comments.size(), static_cast<std::size_t>(comments_shown));
  out.add(R"(<ul class="plain">{}</ul>)", [&](Fragment& list) {
    for (std::size_t i = 0; i < shown; ++i)
      list +=
          comment_item(view, desk.comments[i], desk.c.version, hide_form(desk, desk.comments[i]));
  });
  if (desk.comments.size() > shown)
    out += html::pager(
        view,
        {.next =
             desk_url(view, desk.c).with("before", desk.comments[shown - 1].id.value).at("said")});
  return out;
}

Fragment desk_links(const Desk& desk) {
  const View view = desk.view();
  Fragment out;
  const auto add = [&](Url url, TextKey text) {
    out.add(R"(<li><a href="{}">{}</a></li>)", url, view(text));
  };
  const std::int64_t id = desk.c.id.value;
  add(comments_url(view, desk.c, ""), "consultation.search.title"_t);
  add(Url::in(view, "/staff/consultations/", id, "/issues"), "consultation.desk.points"_t);
  add(Url::in(view, "/staff/consultations/", id, "/sources"), "consultation.source.title"_t);
  add(Url::in(view, "/staff/consultations/", id, "/invitations"), "consultation.invited.title"_t);
  if (desk.has_tokens)
    add(Url::in(view, "/staff/consultations/", id, "/slips"), "consultation.token.slips.title"_t);
  return out;
}

http::Response show(const Desk& desk, const Error* error) {
  const View view = desk.view();
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l" lang="vi">{}</h1>{})", desk.c.title_vi,
           meta(view, desk.c, total_of(desk.counts).all, desk.unit, desk.now));
  if (desk.c.stage != Stage::editing)
    body.add(R"(<ul><li><a href="{}">{}</a></li>{}</ul>)", page_of(view, desk.c),
             view("consultation.desk.public"_t), desk_links(desk));
  body += versions_part(desk);
  if (desk.c.stage == Stage::editing || desk.c.takes_comments(desk.now))
    body += time_part(desk, error);
  if (desk.c.stage != Stage::editing) {
    body += statements_part(desk, error);
    body += comments_part(desk);
  }
  return http::form_page(view, {.title = desk.c.title_vi,
                                .here = "/staff/consultations",
                                .body = std::move(body),
                                .error = error,
                                .is_staff = true});
}

// With a key of its own, when it is for those who work somewhere. Without one only if that was
// chosen, or there was nothing to choose: a unit that is not in the list any more, because somebody
// left it meanwhile, opens nothing. Refuses (invalid) beside "audience".
Result<std::optional<StaffDraft>> staff_draft(const Desk& desk,
                                              const http::Fields& form,
                                              Random& random) {
  const bool has_said = form.has("audience");
  if (has_said ? desk.audience == "none" : desk.audiences.empty())
    return std::optional<StaffDraft>();
  const auto chosen = std::ranges::find(desk.audiences, desk.audience,
                                        [](const Audience& each) { return each.unit.code; });
  if (!has_said || chosen == desk.audiences.end()) {
    const TextKey why =
        has_said ? "consultation.token.error.few"_t : "consultation.token.error.unit"_t;
    return Error{ErrorKind::invalid, why, {{"audience", why}}};
  }
  return std::optional(StaffDraft{chosen->unit, blind::make_key(random)});
}

// What one of the buttons does, in the transaction.
Result<Consultation> perform(db::Write& write,
                             const EditAct& act,
                             ConsultationId id,
                             const http::Fields& form,
                             std::string_view name,
                             const std::optional<StaffDraft>& staff) {
  const Day day = day_in(form.text("closes_on")).value_or(Day{});
  if (name == "open" && staff) return open_for_staff(write, act, id, day, *staff);
  if (name == "open") return open(write, act, id, day);
  if (name == "extend") return extend(write, act, id, day);
  if (name == "publish") return publish_version(write, act, id);
  if (name == "statement")
    return add_statement(write, act, id, std::string(form.text("text")),
                         std::string(form.text("from")));
  return turn_statement(write, act, id, StatementId{form.number("statement").value_or(0)},
                        form.text("on") == "1");
}

}  // namespace

Result<http::Response> list_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now) {
  const View view = people::view_of(request, officer.staff());
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("consultation.title"_t),
                       view("consultation.desk.lead"_t));
  bool may_any = false;
  for (const people::Grant& each : officer.staff().grants())
    may_any = may_any || each.role == people::Role::head;
  if (may_any)
    body +=
        html::link_button(Url::in(view, "/staff/consultations/new"),
                          {.text = view("consultation.edit.new_title"_t), .icon_before = "pencil"});
  body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/staff/consultations/mine"),
           view("consultation.draft.mine"_t));
  bool any = false;
  for (const Stage stage : all_stages) {
    Fragment list;
    for (const Consultation& c : in_stage(read, stage, listed_max)) {
      if (!may_edit(officer, c.unit_path)) continue;
      const auto unit = units::find(read, c.unit);
      list.add(R"(<li><h3><a href="{}" lang="vi">{}</a></h3>{}</li>)", desk_url(view, c),
               c.title_vi,
               meta(view, c, comment_count(read, c.id),
                    unit ? std::string_view(unit->name) : "", now));
    }
    if (list.empty()) continue;
    any = true;
    body.add(R"(<h2 class="h-m sp">{}</h2><ul class="list">{}</ul>)", view(key_of(stage)), list);
  }
  if (!any) body += html::nothing_here(view("consultation.desk.none"_t));
  return http::form_page(view, {.title = view("consultation.title"_t),
                                .here = "/staff/consultations",
                                .body = std::move(body),
                                .is_staff = true});
}

Result<http::Response> desk_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now) {
  TRY(const Desk desk, desk_of(request, read, officer, now));
  return show(desk, nullptr);
}

Result<http::Pending> act_post(const http::Request& request,
                               db::Read& read,
                               people::Officer officer,
                               Random& random,
                               Instant now) {
  TRY(Desk desk, desk_of(request, read, officer, now));
  const std::string name(request.path_text("act"));
  constexpr std::string_view names[] = {"open", "extend", "publish", "statement", "switch"};
  if (std::ranges::find(names, name) == std::end(names))
    return Error{ErrorKind::not_found, "consultation.error.none"_t};
  const http::Fields& form = request.form;
  desk.closes_on = form.text("closes_on");
  desk.statement = form.text("text");
  desk.from = form.text("from");
  if (name == "open" && form.has("audience")) desk.audience = form.text("audience");
  if (name == "open" || name == "extend") {
    desk.looked_at = day_in(desk.closes_on);
    const auto fits =
        desk.looked_at
            ? check_period(desk.c.kind, local_day(desk.c.opened_at.value_or(now)), *desk.looked_at)
            : Result<Done>(Error{ErrorKind::invalid,
                                 "consultation.error.day"_t,
                                 {{"closes_on", "consultation.error.day"_t}}});
    if (!fits.ok()) return http::Pending::answer(show(desk, &fits.error()));
    if (form.text("step") != "do") return http::Pending::answer(show(desk, nullptr));
  }
  const EditAct act{
      .officer = officer, .revision = form.number("revision").value_or(0), .now = now};
  const std::string back(desk_url(request.view, desk.c).view());
  std::optional<StaffDraft> staff;
  if (name == "open") {
    auto drawn = staff_draft(desk, form, random);
    if (!drawn.ok()) return http::Pending::answer(show(desk, &drawn.error()));
    staff = std::move(drawn).value();
  }
  return http::Pending::commit(
      [&request, act, id = desk.c.id, name, staff = std::move(staff)](db::Write& write) {
        return perform(write, act, id, request.form, name, staff);
      },
      [&request, officer, desk, back](const Result<Consultation>& done, std::string_view) {
        if (done.ok()) return http::see_other(back);
        if (done.error().kind == ErrorKind::invalid) {
          // Of the officer who lives as long as this answer.
          const Desk again{request,         officer,         desk.c,         desk.versions,
                           desk.statements, desk.counts,     desk.comments,  desk.unit,
                           desk.now,        desk.is_decided, desk.closes_on, desk.statement,
                           desk.from,       desk.looked_at,  desk.audiences, desk.audience,
                           desk.has_tokens};
          return show(again, &done.error());
        }
        return http::error_response(request, done.error());
      });
}

Result<http::Pending> comment_post(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer,
                                   Random& random,
                                   Instant now) {
  const auto c = find(read, ConsultationId{request.path_number("id")});
  const auto code = Code::parse(request.path_text("code"));
  const std::string name(request.path_text("act"));
  if (!c || !may_edit(officer, c->unit_path) || !code || (name != "hide" && name != "show"))
    return Error{ErrorKind::not_found, "consultation.error.none"_t};
  const auto reason = from_word(all_hide_reasons, request.form.text("reason"));
  if (name == "hide" && !reason) return Error{ErrorKind::invalid, "consultation.error.reason"_t};
  const EditAct act{
      .officer = officer, .revision = request.form.number("revision").value_or(0), .now = now};
  const std::string back(desk_url(request.view, *c).at(code->text()).view());
  return http::Pending::commit(
      [act, code = *code, reason, name, salts = ledger::draw(random)](db::Write& write) {
        return name == "hide" ? hide(write, act, code, *reason, salts)
                              : show(write, act, code, salts);
      },
      [&request, back](const Result<Comment>& done, std::string_view) {
        return done.ok() ? http::see_other(back) : http::error_response(request, done.error());
      });
}

}  // namespace ln::consultation::staff
