#include "core/workdays/workdays_pages.h"

#include <algorithm>
#include <ranges>

#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::workdays {
namespace {

using html::Fragment;
using html::View;

constexpr std::size_t changes_shown = 100;

int year_of_day(Day day) { return static_cast<int>(std::chrono::year_month_day(day).year()); }

Fragment kind_badge(const View& view, const std::optional<calendar::DayKind>& kind) {
  const bool is_work = !kind || *kind == calendar::DayKind::makeup_work;
  return html::badge(is_work ? html::Tone::info : html::Tone::plain,
                     is_work ? "clock" : "calendar-clock", view(key_of(kind)));
}

}  // namespace

TextKey key_of(const std::optional<calendar::DayKind>& kind) {
  if (!kind) return "workdays.kind.plain"_t;
  switch (*kind) {
    case calendar::DayKind::holiday: return "workdays.kind.holiday"_t;
    case calendar::DayKind::swap_off: return "workdays.kind.swap_off"_t;
    case calendar::DayKind::comp_off: return "workdays.kind.comp_off"_t;
    case calendar::DayKind::makeup_work: return "workdays.kind.makeup_work"_t;
    default: return "workdays.kind.plain"_t;
  }
}

std::string_view name_of(const View& view, const std::string& name_vi, const std::string& name_en) {
  const bool is_english = view.voice.language() == i18n::Language::en;
  return is_english && !name_en.empty() ? name_en : name_vi;
}

int year_of(const http::Request& request, Instant now) {
  const auto asked = request.query.number("year").value_or(year_of_day(local_day(now)));
  return static_cast<int>(std::clamp<std::int64_t>(asked, year_min, year_max));
}

Fragment year_links(const View& view, const html::Url& base, int year) {
  const auto at = [&](int other) -> std::optional<html::Url> {
    if (other < year_min || other > year_max) return std::nullopt;
    return base.with("year", std::to_string(other));
  };
  return html::pager(
      view, {.previous = at(year - 1), .next = at(year + 1), .middle = std::to_string(year)});
}

Fragment days_table(const View& view,
                    const Calendar& calendar,
                    int year,
                    const std::optional<html::Url>& remove) {
  std::vector<html::Column> columns = {{view("workdays.day"_t)},
                                       {view("workdays.kind"_t)},
                                       {view("workdays.name"_t)},
                                       {view("workdays.source"_t)}};
  if (remove) columns.push_back({view("workdays.remove"_t)});
  Fragment rows;
  for (const auto& [day, named] : calendar.days().all()) {
    if (year_of_day(day) != year) continue;
    Fragment row;
    html::add_head_cell(row, html::day(view, day));
    html::add_cell(row, columns[1], kind_badge(view, named.kind));
    html::add_cell(row, columns[2], name_of(view, named.name_vi, named.name_en));
    html::add_cell(row, columns[3],
                   html::fill(R"(<span class="small" lang="vi">{}</span>)", named.source));
    if (remove)
      html::add_cell(
          row, columns[4],
          html::fill(R"(<a href="{}">{}<span class="govuk-visually-hidden"> {}</span></a>)",
                     remove->with("remove", to_iso(day)), view("workdays.remove"_t),
                     view.voice.date(day)));
    rows.add("<tr>{}</tr>", row);
  }
  if (rows.empty()) return html::nothing_here(view("workdays.no_days"_t));
  return html::table({.caption = view.voice("workdays.days_of"_t, {{"year", std::to_string(year)}}),
                      .columns = columns,
                      .rows = std::move(rows)});
}

Fragment changes_table(const View& view, const Calendar& calendar) {
  if (calendar.changes().empty()) return html::fill("<p>{}</p>", view("workdays.no_changes"_t));
  const html::Column columns[] = {{view("workdays.changed_at"_t)},
                                  {view("workdays.day"_t)},
                                  {view("workdays.kind"_t)},
                                  {view("workdays.name"_t)},
                                  {view("workdays.source"_t)}};
  Fragment rows;
  for (const Change& each :
       calendar.changes() | std::views::reverse | std::views::take(changes_shown)) {
    Fragment row;
    html::add_head_cell(row, html::moment(view, each.at));
    html::add_cell(row, columns[1], html::day(view, each.edit.day));
    html::add_cell(row, columns[2], view(key_of(each.edit.kind)));
    html::add_cell(row, columns[3], name_of(view, each.edit.name_vi, each.edit.name_en));
    html::add_cell(row, columns[4],
                   html::fill(R"(<span class="small" lang="vi">{}</span>)", each.edit.source));
    rows.add("<tr>{}</tr>", row);
  }
  return html::table(
      {.caption = view("workdays.changes"_t), .columns = columns, .rows = std::move(rows)});
}

Result<http::Response> calendar_page(const http::Request& request, Instant now) {
  const View& view = request.view;
  const Shared calendar = current();
  const int year = year_of(request, now);
  Fragment body;
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>{}{}<h2 class="h-m sp">{}</h2>{})",
           view("workdays.title"_t), view("workdays.lead"_t), days_table(view, *calendar, year),
           year_links(view, html::Url::in(view, "/calendar"), year), view("workdays.changes"_t),
           changes_table(view, *calendar));
  http::Response response =
      http::page(200, html::page(view, {.title = view("workdays.title"_t),
                                        .body = html::columns({.body = std::move(body)})}));
  response.cacheable = true;
  return response;
}

std::string shown_hours(const html::View& view, std::string_view line) {
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '-')
      out += "–";
    else if (line[i] == ';')
      out += "; " + std::string(view("workdays.saturday"_t));
    else if (line[i] == ' ' && i > 0 && line[i - 1] != ';')
      out += ", ";
    else
      out += line[i];
  }
  return out;
}

}  // namespace ln::workdays
