#include "feature/insight/insight_pages_desk.h"

#include <algorithm>
#include <span>
#include <vector>

#include "core/units/units_store.h"
#include "feature/insight/insight_jobs.h"
#include "feature/insight/insight_jobs_board.h"
#include "feature/insight/insight_open.h"
#include "feature/insight/insight_pages_address.h"
#include "feature/insight/insight_pages_board_parts.h"
#include "feature/insight/insight_pages_signal_parts.h"
#include "feature/insight/insight_store_desk.h"
#include "feature/insight/insight_store_signal.h"
#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"

namespace ln::insight {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t desk_signals_max = 10;
// A city has hundreds of units, and the desk is one page of 6 KiB: of each list the first, and how
// many there are beside them.
constexpr std::size_t desk_rows = desk_lines;

Fragment left_over(const View& view, std::size_t all) {
  if (all <= desk_rows) return {};
  return html::fill(
      R"(<p class="muted small">{}</p>)",
      view.voice.counted("insight.desk.more"_t, static_cast<std::int64_t>(all - desk_rows)));
}

Fragment heading(const View& view, TextKey title, TextKey lead) {
  return html::fill(R"(<h2 class="h-m sp">{}</h2><p>{}</p>)", view(title), view(lead));
}

Fragment case_list(const View& view,
                   const std::vector<DeskCase>& all,
                   bool is_promise,
                   Instant now,
                   TextKey caption) {
  if (all.empty()) return html::nothing_here(view("insight.desk.nothing"_t));
  const html::Column columns[] = {{view("insight.desk.case"_t)},
                                  {view("insight.units.unit"_t)},
                                  {view("insight.desk.when"_t)},
                                  {view("insight.desk.state"_t)}};
  Fragment rows;
  for (const DeskCase& each : all) {
    Fragment row, when;
    html::add_head_cell(row, html::fill(R"(<a href="{}" lang="{}">{}</a>)",
                                        Url::in(view, "/staff/feedback/", each.code),
                                        each.in_english ? "en" : "vi", each.title));
    html::add_cell(row, columns[1], html::fill(R"(<span lang="vi">{}</span>)", each.unit_name));
    const bool is_late =
        is_promise ? each.promised && *each.promised < local_day(now) : each.due < now;
    const Day day = is_promise && each.promised ? *each.promised : local_day(each.due);
    when.add("{} {}", html::day(view, day),
             is_late ? html::badge(html::Tone::late, "triangle-alert",
                                   view.voice.counted("insight.desk.days_late"_t,
                                                      (local_day(now) - day).count()))
                     : Fragment());
    html::add_cell(row, columns[2], when);
    html::add_cell(row, columns[3], view(feedback::key_of(each.state)));
    rows.add("<tr>{}</tr>", row);
  }
  return html::table({.caption = view(caption), .columns = columns, .rows = std::move(rows)});
}

Fragment owed_list(const View& view, const std::vector<Owed>& all, Instant now) {
  if (all.empty()) return {};
  const html::Column columns[] = {{view("insight.desk.owed"_t)},
                                  {view("insight.units.unit"_t)},
                                  {view("insight.desk.when"_t)},
                                  {view("insight.desk.state"_t)}};
  Fragment rows;
  for (const Owed& each : all) {
    Fragment row, when;
    const bool is_told = !each.text.empty();
    html::add_head_cell(
        row, html::fill(R"(<a href="{}" lang="{}">{}</a>)",
                        Url::in(view, "/staff/commitments/", each.commitment),
                        is_told || view.voice.language() == i18n::Language::vi ? "vi" : "en",
                        is_told ? std::string_view(each.text) : view("commitment.text_private"_t)));
    html::add_cell(row, columns[1], html::fill(R"(<span lang="vi">{}</span>)", each.unit_name));
    const auto late = (local_day(now) - each.due_on).count();
    when.add("{} {}", html::day(view, each.due_on),
             late > 0 ? html::badge(html::Tone::late, "triangle-alert",
                                    view.voice.counted("insight.desk.days_late"_t, late))
                      : Fragment());
    html::add_cell(row, columns[2], when);
    html::add_cell(row, columns[3], view(commitment::key_of(each.state)));
    rows.add("<tr>{}</tr>", row);
  }
  return html::table(
      {.caption = view("insight.desk.owed"_t), .columns = columns, .rows = std::move(rows)});
}

Fragment late_units(const View& view, const Desk& desk) {
  if (desk.units.size() < 2) return {};
  const html::Column columns[] = {{view("insight.units.unit"_t)},
                                  {view("insight.desk.late"_t), true},
                                  {view("insight.desk.promises_late"_t), true},
                                  {view("insight.desk.open"_t), true}};
  Fragment rows;
  for (const LateUnit& each : std::span(desk.units).first(std::min(desk.units.size(), desk_rows))) {
    Fragment row;
    html::add_head_cell(row, html::fill(R"(<span lang="vi">{}</span>)", each.name));
    html::add_cell(row, columns[1], view.voice.number(each.late));
    html::add_cell(row, columns[2], view.voice.number(each.promises_late));
    html::add_cell(row, columns[3], view.voice.number(each.open));
    rows.add("<tr>{}</tr>", row);
  }
  Fragment table = html::table({.caption = view("insight.desk.by_unit_caption"_t),
                                .columns = columns,
                                .rows = std::move(rows)});
  table += left_over(view, desk.units.size());
  return html::details(view("insight.desk.by_unit"_t), std::move(table));
}

// How this office stands, each number with how sure it is and where it can be counted again.
Fragment desk_figures(const View& view, const Settled& settled, const units::Unit& unit) {
  constexpr Headline all[] = {{"believed", "insight.open.title.believed"_t},
                              {"report_again", "insight.open.title.report_again"_t},
                              {"satisfied", "insight.board.satisfied"_t},
                              {"on_time", "insight.home.on_time"_t}};
  const bool is_city = unit.kind == units::Kind::city;
  const About about{"last90", is_city ? std::string() : unit.code, !is_city};
  Fragment out = html::fill(R"(<h2 class="h-m sp">{}</h2>)", view("figures.desk.now"_t));
  out += headlines(view, counts_within(settled.quarter, unit.path), about, all);
  return out;
}

Fragment falls(const View& view,
               const Board& board,
               const Settled& settled,
               const units::Unit& unit) {
  const bool is_long = has_quarters(board, unit.path);
  const std::vector<Fall> all =
      is_long ? falls_within(board, unit.path) : falls_in_weeks(settled, unit);
  Fragment out = heading(view, "insight.desk.falls"_t,
                         is_long ? "insight.desk.falls_lead"_t : "figures.desk.falls_weeks"_t);
  if (all.empty()) {
    out += html::nothing_here(view("insight.desk.falls_none"_t));
    return out;
  }
  const html::Column columns[] = {
      {view("insight.units.unit"_t)},
      {view("insight.board.figure"_t)},
      {view(is_long ? "insight.desk.before"_t : "figures.desk.weeks_before"_t)},
      {view(is_long ? "insight.desk.after"_t : "figures.desk.weeks_after"_t)}};
  Fragment rows;
  for (const Fall& each : std::span(all).first(std::min(all.size(), desk_rows))) {
    Fragment row;
    html::add_head_cell(row,
                        html::fill(R"(<a href="{}">{}</a>)",
                                   Url::in(view, "/figures/board").with("unit", each.unit->code),
                                   shown_name(view, *each.unit)));
    html::add_cell(row, columns[1], view(find_definition(each.figure)->title));
    html::add_cell(row, columns[2], share_with_interval(view, each.before));
    html::add_cell(row, columns[3], share_with_interval(view, each.after));
    rows.add("<tr>{}</tr>", row);
  }
  out += html::table(
      {.caption = view("insight.desk.falls"_t), .columns = columns, .rows = std::move(rows)});
  out += left_over(view, all.size());
  return out;
}

Fragment emerging(const View& view, const Issues& issues, const units::Unit& unit) {
  Fragment out = heading(view, "insight.desk.emerging"_t, "insight.desk.emerging_lead"_t);
  if (issues.looked_at == 0) {
    out += html::nothing_here(view("insight.desk.emerging_early"_t));
    return out;
  }
  const html::Column columns[] = {{view("insight.desk.topic"_t)},
                                  {view("insight.units.unit"_t)},
                                  {view("insight.desk.this_week"_t), true},
                                  {view("insight.desk.usual"_t), true}};
  Fragment rows;
  std::size_t found = 0;
  const bool in_english = view.voice.language() == i18n::Language::en;
  for (const Issue& each : issues.all) {
    const bool is_everywhere = each.unit.value == 0;
    if (is_everywhere ? unit.kind != units::Kind::city
                      : !units::is_within(each.unit_path, unit.path))
      continue;
    if (++found > desk_rows) continue;
    Fragment row;
    html::add_head_cell(row, html::fill("{}", in_english ? each.topic_en : each.topic_vi));
    html::add_cell(row, columns[1],
                   is_everywhere ? html::fill("{}", view("insight.desk.everywhere"_t))
                                 : html::fill(R"(<span lang="vi">{}</span>)", each.unit_name));
    html::add_cell(row, columns[2], view.voice.number(each.now));
    html::add_cell(row, columns[3],
                   view.voice("insight.desk.usual_is"_t,
                              {{"expected", view.voice.decimal(each.found.expected, 1)},
                               {"most", view.voice.number(each.found.usual_max)}}));
    rows.add("<tr>{}</tr>", row);
  }
  if (rows.empty())
    out += html::nothing_here(view("insight.desk.emerging_none"_t));
  else
    out += html::table({.caption = view("insight.desk.emerging_caption"_t),
                        .columns = columns,
                        .rows = std::move(rows)});
  out += left_over(view, found);
  out.add(R"(<p class="muted small">{}</p>)",
          view.voice("insight.desk.emerging_rule"_t,
                     {{"count", view.voice.number(static_cast<std::int64_t>(issues.looked_at))},
                      {"week", view.voice.date(issues.monday)}}));
  return out;
}

Fragment desk_head(const View& view, const Desk& desk) {
  const std::string late = view.voice.number(desk.late), open = view.voice.number(desk.open);
  const std::string promised = view.voice.number(desk.promised);
  const std::string broken = view.voice.number(desk.promises_late);
  const html::Stat all[] = {{open, view("insight.desk.open"_t)},
                            {promised, view("insight.desk.promised"_t)},
                            {broken, view("insight.desk.promises_late"_t)},
                            {late, view("insight.desk.late"_t)}};
  return html::stats(all);
}

Fragment desk_signals(const View& view, db::Read& read, const units::Unit& unit) {
  Fragment out = heading(view, "insight.signal.title"_t, "insight.signal.no_verdict"_t);
  const auto all = signals_within(read, unit.path, desk_signals_max);
  out += all.empty() ? html::nothing_here(view("insight.signal.nothing"_t))
                     : signal_table(view, read, all);
  out.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, signals_path),
          view("insight.signal.all"_t));
  return out;
}

// The other units somebody leads.
Fragment other_desks(const View& view, const std::vector<units::Unit>& all, units::UnitId here) {
  if (all.size() < 2) return {};
  return html::fill(R"(<ul class="chips">{}</ul>)", [&](Fragment& list) {
    for (const units::Unit& each : all)
      if (each.id != here)
        list.add(R"(<li><a href="{}" lang="vi">{}</a></li>)",
                 Url::in(view, "/staff/desk").with("unit", each.code), each.name);
  });
}

std::vector<units::Unit> led_units(db::Read& read, const Head& head) {
  std::vector<units::Unit> all;
  for (const std::string& top : head.tops())
    for (const people::Grant& each : head.staff().grants())
      if (each.role == people::Role::head && each.unit_path == top)
        if (auto unit = units::find(read, each.unit)) {
          all.push_back(*std::move(unit));
          break;
        }
  return all;
}

}  // namespace

Result<http::Response> desk_page(const http::Request& request,
                                 db::Read& read,
                                 Head head,
                                 Instant now) {
  const View view = people::view_of(request, head.staff());
  const std::vector<units::Unit> mine = led_units(read, head);
  std::optional<units::Unit> unit;
  if (const std::string_view code = request.query.text("unit"); !code.empty()) {
    unit = units::find_on(read, code, local_day(now));
    if (unit && !head.may_act_for(unit->path)) unit.reset();
  } else if (!mine.empty()) {
    unit = mine.front();
  }
  if (!unit) return Error{ErrorKind::not_found, "insight.error.no_office"_t};
  const Desk desk = read_desk(read, unit->path, now);
  const auto board = current_board(read, now);
  const auto settled = current_figures(read, now);
  const std::string title =
      view.voice("insight.desk.title_of"_t, {{"unit", shown_name(view, *unit)}});
  Fragment body = html::back_link(view, Url::in(view, "/staff"));
  body.add(R"(<h1 class="h-l">{}</h1>{}{})", title, other_desks(view, mine, unit->id),
           desk_head(view, desk));
  body += desk_figures(view, *settled, *unit);
  body += heading(view, "insight.desk.overdue"_t, "insight.desk.overdue_lead"_t);
  body += case_list(view, desk.overdue, false, now, "insight.desk.overdue"_t);
  body += left_over(view, static_cast<std::size_t>(desk.late));
  body += late_units(view, desk);
  body += heading(view, "insight.desk.promises"_t, "insight.desk.promises_lead"_t);
  if (!desk.promises.empty() || desk.owed.empty())
    body += case_list(view, desk.promises, true, now, "insight.desk.promises"_t);
  body += owed_list(view, desk.owed, now);
  body += falls(view, *board, *settled, *unit);
  body += emerging(view, *current_issues(read, now), *unit);
  body += heading(view, "insight.desk.around"_t, "insight.desk.around_lead"_t);
  body += case_list(view, desk.sent_around, false, now, "insight.desk.around"_t);
  body += desk_signals(view, read, *unit);
  body.add(R"(<p class="muted small">{}</p>)", view("insight.desk.left_out"_t));
  return http::page(200, staff_page(view, title, std::move(body)));
}

}  // namespace ln::insight
