#include "feature/reception/reception_pages.h"

#include <algorithm>
#include <utility>

#include "core/units/units_store.h"
#include "feature/reception/reception_pages_parts.h"
#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::reception {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t days_per_page = 15, units_per_page = 20, days_of_unit = 8;
constexpr int months_shown = 6;

// A public page is kept and given out again; it holds nothing about its reader.
http::Response for_all(const View& view, std::string_view title, Fragment body) {
  auto response =
      http::page(200, html::page(view, {.title = title,
                                        .here = "/receptions",
                                        .body = html::columns({.body = std::move(body)})}));
  response.cacheable = true;
  return response;
}

Fragment days_list(const View& view,
                   db::Read& read,
                   const std::vector<Reception>& all,
                   Instant now) {
  return fill(R"(<ul class="list">{}</ul>)", [&](Fragment& list) {
    for (const Reception& each : all)
      list += day_item(view, read, each, day_url(view, each.id), now);
  });
}

Fragment pages_of(
    const View& view, const Url& here, std::int64_t from, std::int64_t step, bool has_more) {
  if (from == 0 && !has_more) return {};
  const auto at = [&](std::int64_t place) { return place == 0 ? here : here.with("from", place); };
  return html::pager(view, {.previous = from == 0 ? std::optional<Url>()
                                                  : at(std::max(from - step, std::int64_t{0})),
                            .next = has_more ? at(from + step) : std::optional<Url>()});
}

std::string told(const View& view, const std::optional<std::int64_t>& count) {
  return count ? view.voice.number(*count) : std::string(view("reception.figures.few"_t));
}

Fragment month_row(const View& view,
                   const Month& month,
                   const Duty* duty,
                   std::span<const html::Column> columns) {
  Fragment row;
  html::add_head_cell(row, fill("{}", view.voice.date(month.first).substr(3)));
  html::add_cell(
      row, columns[1],
      duty == nullptr ? std::string("–") : view.voice.number(owed_in(*duty, month.first)));
  html::add_cell(row, columns[2], view.voice.number(month.announced));
  html::add_cell(row, columns[3], view.voice.number(month.held));
  html::add_cell(row, columns[4], view.voice.number(month.not_held));
  html::add_cell(row, columns[5], view.voice.number(month.moved));
  html::add_cell(row, columns[6], view.voice.number(month.cancelled));
  return fill("<tr>{}</tr>", row);
}

Fragment people_part(const View& view, db::Read& read, units::UnitId unit, Instant now) {
  const Quarter quarter = last_quarter(local_day(now));
  const ToldPeople people = told_of(people_of(read, unit, quarter));
  const html::Fact facts[] = {
      {view("reception.figures.came"_t), fill("{}", told(view, people.came))},
      {view("reception.figures.on_time"_t), fill("{}", told(view, people.on_time))},
      {view("reception.figures.late"_t), fill("{}", told(view, people.late))}};
  Fragment out = fill(R"(<h2 class="h-m sp">{}</h2><p>{} <b>{}</b></p><h3 class="h-s">{}</h3>)",
                      view("reception.figures.people"_t), view("reception.figures.overdue"_t),
                      view.voice.number(count_overdue(read, unit, now)),
                      view.voice("reception.figures.quarter"_t,
                                 {{"from", view.voice.date(quarter.first)},
                                  {"to", view.voice.date(quarter.end - std::chrono::days(1))}}));
  // Debts of the office, told from one on.
  for (const auto& [text, count] :
       {std::pair("reception.figures.unlogged"_t, count_unlogged(read, unit, now)),
        std::pair("reception.figures.undecided"_t, count_undecided(read, unit, now))})
    if (count > 0) out.add("<p>{} <b>{}</b></p>", view(text), view.voice.number(count));
  out += html::facts(facts, true);
  out.add(R"(<p class="small muted">{}</p>)", view("reception.figures.floor"_t));
  return out;
}

Fragment duty_part(const View& view, const Duty* duty) {
  if (duty == nullptr) return {};
  const TextKey per = duty->is_weekly ? "reception.duty.week"_t : "reception.duty.month"_t;
  Fragment out = fill(R"(<p>{} <span class="muted small" lang="vi">{}</span></p>)",
                      view.voice.counted(per, duty->count), duty->source);
  if (!duty->is_confirmed)
    out += html::note({.kind = html::NoteKind::warn,
                       .body = fill("<p>{}</p>", view("reception.duty.unconfirmed"_t))});
  return out;
}

Fragment months_part(const View& view, const std::vector<Month>& months, units::Kind kind) {
  const html::Column columns[] = {
      {view("reception.figures.month"_t)},           {view("reception.figures.duty"_t), true},
      {view("reception.figures.announced"_t), true}, {view("reception.figures.held"_t), true},
      {view("reception.figures.not_held"_t), true},  {view("reception.figures.moved"_t), true},
      {view("reception.figures.cancelled"_t), true}};
  Fragment rows;
  for (const Month& each : months)
    rows += month_row(view, each, duty_on(kind, each.first), columns);
  return html::table(
      {.caption = view("reception.figures.days"_t), .columns = columns, .rows = std::move(rows)});
}

}  // namespace

Result<http::Response> list_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  const bool is_past = request.query.text("past") == "1";
  const std::int64_t from = place_in(request);
  auto all = days_of(
      read, Wanted{.now = now, .is_past = is_past, .from = from, .limit = days_per_page + 1});
  const bool has_more = std::ssize(all) > days_per_page;
  if (has_more) all.pop_back();
  const std::string_view title = view(is_past ? "reception.past"_t : "reception.title"_t);
  Fragment body = fill(R"(<h1 class="h-l">{}</h1>)", title);
  if (!is_past) body.add(R"(<p class="lead">{}</p>)", view("reception.lead"_t));
  const Url here = Url::in(view, "/receptions");
  const Url past = here.with("past", std::int64_t{1});
  body.add(R"(<p><a href="{}">{}</a> · <a href="{}">{}</a></p>)",
           Url::in(view, "/receptions/units"), view("reception.units"_t), is_past ? here : past,
           view(is_past ? "reception.coming"_t : "reception.past"_t));
  body.add(R"(<h2 class="vh">{}</h2>)", view("reception.days"_t));
  body += all.empty() ? html::nothing_here(view("reception.none_coming"_t))
                      : days_list(view, read, all, now);
  body += pages_of(view, is_past ? past : here, from, days_per_page, has_more);
  return for_all(view, title, std::move(body));
}

Result<http::Response> units_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  const std::int64_t from = place_in(request);
  auto all = standings(read, now, from, units_per_page + 1);
  const bool has_more = std::ssize(all) > units_per_page;
  if (has_more) all.pop_back();
  const html::Column columns[] = {{view("reception.unit"_t)},
                                  {view("reception.figures.overdue"_t), true},
                                  {view("reception.next"_t)}};
  Fragment rows;
  for (const Standing& each : all) {
    const auto unit = units::find(read, each.unit);
    if (!unit) continue;
    Fragment row, next;
    html::add_head_cell(
        row, fill(R"(<a href="{}" lang="vi">{}</a>)", unit_url(view, unit->code), unit->name));
    html::add_cell(row, columns[1], view.voice.number(each.overdue));
    if (each.next_at)
      next.add(R"(<a href="{}">{}</a>)", day_url(view, ReceptionId{each.next_id}),
               view.voice.moment(*each.next_at));
    else
      next.add("{}", view("reception.no_next"_t));
    html::add_cell(row, columns[2], next);
    rows.add("<tr>{}</tr>", row);
  }
  Fragment body = html::breadcrumbs(
      view, {{view("reception.title"_t), Url::in(view, "/receptions")}}, view("reception.units"_t));
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", view("reception.units"_t),
           view("reception.units_lead"_t));
  if (rows.empty())
    body += html::nothing_here(view("reception.none_coming"_t));
  else
    body += html::table(
        {.caption = view("reception.units"_t), .columns = columns, .rows = std::move(rows)});
  body += pages_of(view, Url::in(view, "/receptions/units"), from, units_per_page, has_more);
  return for_all(view, view("reception.units"_t), std::move(body));
}

Result<http::Response> unit_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  auto unit = units::find_on(read, request.path_text("code"), local_day(now));
  // A unit that was dissolved: what it announced and owes is its record.
  if (!unit)
    if (const auto all = units::versions(read, request.path_text("code")); !all.empty())
      unit = all.front();
  if (!unit) return Error{ErrorKind::not_found, "reception.error.no_unit"_t};
  const std::int64_t from = place_in(request);
  Fragment body =
      html::breadcrumbs(view,
                        {{view("reception.title"_t), Url::in(view, "/receptions")},
                         {view("reception.units"_t), Url::in(view, "/receptions/units")}},
                        unit->name);
  body.add(R"(<h1 class="h-l" lang="vi">{}</h1>)", unit->name);
  body += duty_part(view, duty_on(unit->kind, local_day(now)));
  auto days =
      days_of(read, Wanted{.unit = unit->id, .now = now, .from = from, .limit = days_of_unit + 1});
  const bool has_more = std::ssize(days) > days_of_unit;
  if (has_more) days.pop_back();
  body.add(R"(<h2 class="h-m">{}</h2>)", view("reception.coming"_t));
  body += days.empty() ? html::nothing_here(view("reception.no_next"_t))
                       : days_list(view, read, days, now);
  body += pages_of(view, unit_url(view, unit->code), from, days_of_unit, has_more);
  const auto months =
      months_of(read, unit->id, local_day(now) - std::chrono::days(31 * (months_shown - 1)), now);
  if (!months.empty()) {
    body.add(R"(<h2 class="h-m sp">{}</h2>)", view("reception.figures.title"_t));
    body += months_part(view, months, unit->kind);
    body += people_part(view, read, unit->id, now);
  }
  if (from == 0) {
    const auto past =
        days_of(read, Wanted{.unit = unit->id, .now = now, .is_past = true, .limit = days_of_unit});
    if (!past.empty())
      body.add(R"(<h2 class="h-m sp">{}</h2>{})", view("reception.past"_t),
               days_list(view, read, past, now));
  }
  return for_all(view, unit->name, std::move(body));
}

Result<http::Response> day_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  TRY(const Reception r, asked_day(request, read));
  const auto unit = units::find(read, r.unit);
  const std::string title = hours_of(view, r);
  const std::int64_t free = free_of(read, r, now);
  Fragment body = html::breadcrumbs(
      view,
      {{view("reception.title"_t), Url::in(view, "/receptions")},
       {unit ? std::string_view(unit->name) : "", unit_url(view, unit ? unit->code : "")}},
      title);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>)", title, day_badge(view, r, free, now));
  if (r.was_not_held(now))
    body += html::note({.kind = html::NoteKind::stop,
                        .body = fill("<p>{}</p>", view("reception.not_held_lead"_t))});
  body += followed_note(view, read, r);
  body += day_facts(view, r);
  if (free > 0)
    body += html::link_button(Url::in(view, "/receptions/", r.id.value, "/book"),
                              {.text = view("reception.book.title"_t), .icon_before = "calendar"});
  if (r.takes_bookings(now) && free == 0) {
    Fragment list;
    for (const Reception& each : next_open(read, r, now, 3))
      list.add(R"(<li><a href="{}">{}</a></li>)", day_url(view, each.id), hours_of(view, each));
    body.add("<p>{}</p><ul>{}</ul>", view("reception.full_lead"_t), list);
  }
  body.add("<p>{}</p>", view("reception.walk_in_lead"_t));
  body += day_history(view, read, r);
  return for_all(view, title, std::move(body));
}

}  // namespace ln::reception
