#include "feature/disclosure/disclosure_pages.h"

#include <algorithm>
#include <utility>

#include "core/units/units_store.h"
#include "feature/disclosure/disclosure_pages_parts.h"
#include "feature/disclosure/disclosure_store_views.h"
#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/share.h"

namespace ln::disclosure {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t per_page = 20;

Error nothing_known() { return {ErrorKind::not_found, "disclosure.error.none"_t}; }

http::Response for_everybody(const View& view, std::string_view title, Fragment body) {
  auto response =
      http::page(200, html::page(view, {.title = title,
                                        .here = "/disclosure",
                                        .body = html::columns({.body = std::move(body)})}));
  response.cacheable = true;
  return response;
}

std::int64_t first_of(const http::Request& request) {
  constexpr std::int64_t from_max = 1'000'000;
  const std::int64_t from = request.query.number("from").value_or(0);
  return from < 0 || from > from_max ? 0 : from;
}

Fragment standing_row(const View& view,
                      const units::Unit& unit,
                      const Standing& standing,
                      std::span<const html::Column> columns) {
  Fragment row;
  html::add_head_cell(row, fill(R"(<a href="{}" lang="vi">{}</a>)",
                                Url::in(view, "/disclosure/units/", unit.code), unit.name));
  html::add_cell(row, columns[1], view.voice.number(standing.overdue));
  html::add_cell(row, columns[2], view.voice.number(standing.due));
  html::add_cell(row, columns[3], view.voice.number(standing.posted));
  html::add_cell(row, columns[4], view.voice.number(standing.late));
  return fill("<tr>{}</tr>", row);
}

Fragment questions_part(const View& view, const std::vector<Question>& all, DisclosureId id) {
  Fragment list;
  for (const Question& each : all) {
    if (!each.code) continue;
    list.add(R"(<li id="{}">{}</li>)", each.code->text(), question_words(view, each));
  }
  Fragment out = fill(R"(<h2 class="h-m sp">{}</h2>)", view("disclosure.questions"_t));
  if (list.empty())
    out.add("<p>{}</p>", view("disclosure.no_questions"_t));
  else
    out.add(R"(<ul class="plain">{}</ul>)", list);
  out += html::link_button(Url::in(view, "/disclosure/", id.value, "/ask"),
                           {.text = view("disclosure.ask.title"_t)});
  return out;
}

// What the law has a commune disclose and it has entered nothing of: otherwise who enters nothing
// would have nothing overdue.
Fragment missing_part(const View& view, const std::vector<std::string>& entered, Day today) {
  Fragment list;
  for (const Item& each : items())
    if (item_on(each.code, today) == &each &&
        std::ranges::find(entered, each.code) == entered.end())
      list.add("<li>{}</li>", item_name(view, each.code));
  if (list.empty()) return {};
  return fill(R"(<h2 class="h-m sp">{}</h2><p>{}</p><ul>{}</ul>)", view("disclosure.missing"_t),
              view("disclosure.missing_lead"_t), list);
}

}  // namespace

Result<http::Response> communes_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  const std::int64_t from = first_of(request);
  auto all = standings(read, now, from, per_page + 1);
  const bool has_more = std::ssize(all) > per_page;
  if (has_more) all.pop_back();
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)",
                       view("disclosure.title"_t), view("disclosure.lead"_t));
  const html::Column columns[] = {{view("disclosure.commune"_t)},
                                  {view("disclosure.state.overdue"_t), true},
                                  {view("disclosure.state.due"_t), true},
                                  {view("disclosure.posted"_t), true},
                                  {view("disclosure.late_of_them"_t), true}};
  Fragment rows;
  for (const Standing& each : all)
    if (const auto unit = units::find(read, each.unit))
      rows += standing_row(view, *unit, each, columns);
  if (rows.empty())
    body += html::nothing_here(view("disclosure.nothing"_t));
  else
    body += html::table(
        {.caption = view("disclosure.communes"_t), .columns = columns, .rows = std::move(rows)});
  if (has_more)
    body += html::pager(view, {.next = Url::in(view, "/disclosure").with("from", from + per_page)});
  body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/figures/definitions").at("disclosures"),
           view("insight.room.link"_t));
  return for_everybody(view, view("disclosure.title"_t), std::move(body));
}

Result<http::Response> commune_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  const auto unit = units::find_on(read, request.path_text("code"), local_day(now));
  if (!unit) return Error{ErrorKind::not_found, "disclosure.error.no_unit"_t};
  const std::int64_t from = first_of(request);
  auto all = of_unit(read, unit->path, from, per_page + 1);
  const bool has_more = std::ssize(all) > per_page;
  if (has_more) all.pop_back();
  Fragment body = html::breadcrumbs(
      view, {{view("disclosure.title"_t), Url::in(view, "/disclosure")}}, unit->name);
  body.add(R"(<h1 class="h-l" lang="vi">{}</h1><p class="lead">{}</p>)", unit->name,
           view("disclosure.commune_lead"_t));
  if (all.empty())
    body += html::nothing_here(view("disclosure.nothing"_t));
  else
    body.add(R"(<h2 class="vh">{}</h2><ul class="list">{}</ul>)", view("disclosure.items"_t),
             [&](Fragment& list) {
               for (const Disclosure& each : all)
                 list += item_row(view, each, item_url(view, each.id), now);
             });
  if (has_more)
    body += html::pager(
        view,
        {.next = Url::in(view, "/disclosure/units/", unit->code).with("from", from + per_page)});
  if (from == 0) body += missing_part(view, items_entered(read, unit->path), local_day(now));
  return for_everybody(view, unit->name, std::move(body));
}

Result<http::Response> item_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  const auto d = find(read, DisclosureId{request.path_number("id")});
  if (!d) return nothing_known();
  const auto unit = units::find(read, d->unit);
  const std::string_view name = unit ? std::string_view(unit->name) : "";
  Fragment body = html::breadcrumbs(
      view,
      {{view("disclosure.title"_t), Url::in(view, "/disclosure")},
       {name, Url::in(view, "/disclosure/units/", unit ? std::string_view(unit->code) : "")}},
      d->title);
  body.add(R"(<h1 class="h-l" lang="vi">{}</h1>)", d->title);
  body += item_facts(view, *d, now);
  body += posts_part(view, posts_of(read, d->id));
  body += questions_part(view, questions_of(read, d->id), d->id);
  body += html::share(view, Url::here(view), d->title);
  auto response = for_everybody(view, d->title, std::move(body));
  // Who opens it before there is anything to read has read nothing.
  if (!d->is_posted()) return response;
  openings().count(d->id);
  response.when_reused = [id = d->id] { openings().count(id); };
  return response;
}

}  // namespace ln::disclosure
