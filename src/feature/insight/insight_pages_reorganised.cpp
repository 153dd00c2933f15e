#include "feature/insight/insight_pages_reorganised.h"

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "core/units/units_csv_cells.h"
#include "core/units/units_store_reorganise.h"
#include "feature/insight/insight_pages_live.h"
#include "feature/insight/insight_store_open.h"
#include "feature/insight/insight_store_reorganised.h"
#include "platform/db/recent.h"
#include "platform/html/charts.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::insight {
namespace {

using html::Fragment;
using html::Url;

struct Asked {
  units::Reorganisation event;
  bool is_before = false;  // by the old units
};

std::optional<Asked> asked_for(db::Read& read, std::string_view text, Day today) {
  const auto day = units::parse_day(text);
  if (!day) return std::nullopt;
  for (const bool is_before : {false, true}) {
    auto event = units::reorganisation_on(read, is_before ? *day + std::chrono::days(1) : *day);
    if (event && event->day <= today) return Asked{*std::move(event), is_before};
  }
  return std::nullopt;
}

Url address_of(const html::View& view, Day day) {
  return Url::in(view, "/figures/units").with("geography", to_iso(day));
}

Fragment row_of(const html::View& view,
                const UnitCounts& each,
                const std::array<html::Column, 3>& columns) {
  const stats::Share share = each.counts.on_time_share();
  const bool is_known = share.whole >= stats::privacy_floor;
  Fragment name, on_time, row;
  name.add(R"(<a href="{}">{}</a>)",
           Url::in(view, "/units/", each.unit.code, "/", to_iso(each.unit.valid_from)),
           each.unit.name);
  if (is_known)
    on_time.add(R"(<span class="num">{}</span> <span class="ci num">{}</span>)",
                on_time_text(view.voice, share),
                share_interval_text(view.voice, stats::wilson(share), 0));
  else
    on_time.add(R"(<span class="withheld">{}</span>)", view("insight.units.too_few"_t));
  html::add_head_cell(row, name);
  html::add_cell(row, columns[1], on_time);
  html::add_cell(row, columns[2], is_known ? view.voice.number(share.whole) : std::string("< 5"));
  Fragment out;
  out.add("<tr>{}</tr>", row);
  return out;
}

Fragment table_of(const html::View& view, const Reading& reading) {
  const std::array<html::Column, 3> columns = {{{view("insight.units.unit"_t)},
                                                {view("insight.units.on_time"_t)},
                                                {view("insight.units.cases"_t), true}}};
  Fragment rows;
  for (const UnitCounts& each : reading.units) rows += row_of(view, each, columns);
  if (rows.empty()) return html::nothing_here(view("insight.units.nothing"_t));
  return html::table({.caption = view("insight.units.caption"_t),
                      .columns = columns,
                      .rows = std::move(rows),
                      .more_class = "tbl--figs"});
}

// The sentence that makes both readings agree.
std::string difference(const html::View& view, const Reading& reading) {
  const auto told = [&](const Counts& counts) {
    const std::int64_t whole = counts.on_time_share().whole;
    return whole == 0 || whole >= stats::privacy_floor ? view.voice.number(whole)
                                                       : std::string("< 5");
  };
  return view.voice("insight.reading.difference"_t, {{"all", told(reading.all)},
                                                     {"undetermined", told(reading.undetermined)},
                                                     {"pooled", told(reading.pooled)}});
}

}  // namespace

Result<http::Response> reorganised_units_page(const http::Request& request,
                                              db::Read& read,
                                              Instant now) {
  const html::View& view = request.view;
  const std::string_view typed = request.query.text("geography");
  const auto asked = asked_for(read, typed, local_day(now));
  if (!asked) return Error{ErrorKind::not_found, "insight.error.no_geography"_t};
  const Day day = asked->is_before ? asked->event.day - std::chrono::days(1) : asked->event.day;
  const Day last = last_open_week(read).value_or(last_sunday_before(local_day(now)));
  const Day first = last - reading_period + std::chrono::days(1);
  const Reading reading = db::recent(read, "reading/" + to_iso(day),
                                     [&] { return count_by_units_of(read, day, first, last); });
  const std::string_view title =
      view(asked->is_before ? "insight.reading.before"_t : "insight.reading.after"_t);
  const Day other = asked->is_before ? asked->event.day : asked->event.day - std::chrono::days(1);
  Fragment body =
      html::breadcrumbs(view,
                        {{view("insight.figures.title"_t), Url::in(view, "/figures")},
                         {view("insight.figures.all_units"_t), Url::in(view, "/figures/units")}},
                        title);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead"><span lang="vi">{}, {}</span> · {}</p>
<p>{}</p><p><a href="{}">{}</a></p>)",
           title, asked->event.name, asked->event.source, html::day(view, asked->event.day),
           difference(view, reading), address_of(view, other),
           view(asked->is_before ? "insight.reading.after"_t : "insight.reading.before"_t));
  body += table_of(view, reading);
  body.add(R"(<p class="muted small">{}</p>)", view("insight.office.left_out"_t));
  auto response =
      http::page(200, html::page(view, {.title = title,
                                        .here = "/figures",
                                        .body = html::columns({.body = std::move(body)})}));
  response.cacheable = true;
  return response;
}

Fragment readings(const html::View& view, db::Read& read, Instant now) {
  Fragment list;
  for (const units::Reorganisation& event : units::reorganisations(read)) {
    if (event.day > local_day(now)) continue;
    list.add(R"(<li><span lang="vi">{}</span>, {}: <a href="{}">{}</a>, <a href="{}">{}</a></li>)",
             event.name, html::day(view, event.day),
             address_of(view, event.day - std::chrono::days(1)), view("insight.reading.before"_t),
             address_of(view, event.day), view("insight.reading.after"_t));
  }
  Fragment out;
  if (list.empty()) return out;
  out.add(R"(<h2 class="h-m sp">{}</h2><ul class="govuk-list">{}</ul>)",
          view("insight.reading.title"_t), list);
  return out;
}

}  // namespace ln::insight
