#include "feature/insight/insight_pages_figure.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "core/units/units_store.h"
#include "engine/csv/csv.h"
#include "feature/insight/insight_open.h"
#include "feature/insight/insight_pages_address.h"
#include "feature/insight/insight_pages_room.h"
#include "feature/insight/insight_store_settled.h"
#include "platform/html/charts.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/share.h"

namespace ln::insight {
namespace {

// So many lines in one part of a file; the next is named by its Link.
constexpr std::int64_t rows_max = 20'000;
constexpr std::size_t stretches_shown = 60;

struct Period {
  std::string name;
  Day first{}, last{};
};

// A month, a quarter, a year or the last days; null for what is no period.
std::optional<Period> one_period_of(std::string_view name, Day sunday) {
  for (const int days : {30, 90, 365})
    if (name == "last" + std::to_string(days))
      return Period{std::string(name), sunday - std::chrono::days(days - 1), sunday};
  const auto year = parse_number(name.substr(0, std::min<std::size_t>(name.size(), 4)));
  if (!year || *year < 1970 || *year > 9999) return std::nullopt;
  using std::chrono::months;
  std::chrono::year_month first = std::chrono::year(static_cast<int>(*year)) / 1;
  int count = 12;
  if (name.size() == 7 && name.substr(4, 2) == "-Q" && name[6] >= '1' && name[6] <= '4') {
    first += months(3 * (name[6] - '1'));
    count = 3;
  } else if (name.size() == 7 && name[4] == '-') {
    const bool is_early = name[5] == '0';
    const auto month = parse_number(name.substr(is_early ? 6 : 5));
    if (!month || *month < 1 || *month > 12) return std::nullopt;
    first += months(*month - 1);
    count = 1;
  } else if (name.size() != 4) {
    return std::nullopt;
  }
  return Period{std::string(name), Day(first / 1),
                Day((first + months(count)) / 1) - std::chrono::days(1)};
}

// Also from one to another: "2025-Q1..2026-Q4".
std::optional<Period> period_of(std::string_view name, Day sunday) {
  const std::size_t dots = name.find("..");
  if (dots == std::string_view::npos) return one_period_of(name, sunday);
  const auto from = one_period_of(name.substr(0, dots), sunday);
  const auto to = one_period_of(name.substr(dots + 2), sunday);
  if (!from || !to || from->first > to->last) return std::nullopt;
  return Period{std::string(name), from->first, to->last};
}

struct Asked {
  const Definition* figure = nullptr;
  std::optional<units::Unit> unit{};
  bool with_below = false;
  Period period{};
  Day sunday{};

  What what() const { return figure->is_of_ratings ? What::ratings : What::cases; }
  Asking asking() const {
    return {.what = what(),
            .unit = unit,
            .with_below = with_below,
            .first = period.first,
            .last = std::min(period.last, sunday)};
  }
};

Result<Asked> asked_in(const http::Request& request, db::Read& read, Instant now) {
  Asked asked{.figure = find_definition(request.path_text("figure"))};
  if (asked.figure == nullptr) return Error{ErrorKind::not_found, "insight.open.error.figure"_t};
  if (const std::string_view code = request.query.text("unit"); !code.empty()) {
    asked.unit = units::find_on(read, code, local_day(now));
    if (!asked.unit) return Error{ErrorKind::not_found, "insight.open.error.unit"_t};
    asked.with_below = request.query.text("below") == "1";
  }
  asked.sunday = last_open_week(read).value_or(last_sunday_before(local_day(now)));
  const std::string_view name = request.query.text("period");
  const auto period = period_of(name.empty() ? "last90" : name, asked.sunday);
  if (!period) return Error{ErrorKind::not_found, "insight.open.error.period"_t};
  asked.period = *period;
  return asked;
}

// "87,3 % (82,0–91,1 %, n = 95)", a mean, or a count; a dash where there are too few.
std::string value_text(const html::View& view, const Definition& figure, const Counts& counts) {
  const std::string more = certainty_of(view, figure.name, counts);
  return value_of(view, figure.name, counts) + (more.empty() ? "" : " (" + more + ")");
}

html::Url address_of(const html::View& view,
                     const Asked& asked,
                     std::string_view figure,
                     std::string_view period) {
  return figure_url(
      view, figure,
      {std::string(period), asked.unit ? asked.unit->code : std::string(), asked.with_below});
}

html::Fragment number_table(const html::View& view, const Asked& asked, const Counts& counts) {
  const stats::Share share = share_of(*asked.figure, counts);
  const bool is_told = share.whole >= class_floor;
  std::vector<html::Fact> facts;
  facts.push_back({view("insight.open.value"_t),
                   html::fill("<b>{}</b>", value_text(view, *asked.figure, counts))});
  facts.push_back(
      {view("insight.open.numerator"_t),
       html::fill(R"({} <code translate="no">{}</code>)",
                  is_told ? view.voice.number(share.part) : "–", asked.figure->numerator)});
  facts.push_back(
      {view("insight.open.denominator"_t),
       html::fill(R"({} <code translate="no">{}</code>)",
                  is_told ? view.voice.number(share.whole) : "–", asked.figure->denominator)});
  facts.push_back(
      {view("insight.open.stretches"_t), html::fill("{} – {}", html::day(view, asked.period.first),
                                                    html::day(view, asked.period.last))});
  return html::facts(facts, true);
}

// The stretches of one unit, or of the city week by week.
html::Fragment stretches_table(const html::View& view, db::Read& read, const Asked& asked) {
  std::map<std::pair<Day, Day>, Counts, std::greater<>> by_stretch;
  for (const StretchRow& row : stretches_of(read, asked.asking(), stretches_shown))
    add_told(by_stretch[{row.to, row.from}], asked.what(), row.outcome, row.count);
  const html::Column columns[] = {{view("insight.open.stretch"_t)},
                                  {view("insight.open.numerator"_t), true},
                                  {view("insight.open.denominator"_t), true}};
  html::Fragment out;
  for (const auto& [stretch, counts] : by_stretch) {
    const stats::Share share = share_of(*asked.figure, counts);
    html::Fragment row;
    html::add_head_cell(row, html::fill("{} – {}", html::day(view, stretch.second),
                                        html::day(view, stretch.first)));
    html::add_cell(row, columns[1], view.voice.number(share.part));
    html::add_cell(row, columns[2], view.voice.number(share.whole));
    out.add("<tr>{}</tr>", row);
  }
  if (out.empty()) return html::nothing_here(view("insight.open.no_rows"_t));
  return html::table({.caption = view("insight.open.rows_caption"_t),
                      .columns = columns,
                      .rows = std::move(out),
                      .more_class = "tbl--figs"});
}

html::Url rows_address(const Asked& asked, std::int64_t after) {
  html::Url csv = html::Url::path("/figures/", asked.figure->name, "/rows.csv")
                      .with("period", asked.period.name);
  if (asked.unit) csv = std::move(csv).with("unit", asked.unit->code);
  if (asked.with_below) csv = std::move(csv).with("below", "1");
  return after == 0 ? csv : csv.with("after", after);
}

html::Fragment other_figures(const html::View& view, const Asked& asked) {
  html::Fragment out;
  out.add(R"(<h2 class="h-m sp">{}</h2><ul class="chips">{}</ul>)", view("insight.open.others"_t),
          [&](html::Fragment& list) {
            for (const auto& [period, days] :
                 {std::pair("last30", 30), std::pair("last90", 90), std::pair("last365", 365)})
              if (asked.period.name != period)
                list.add(R"(<li><a href="{}">{}, {}</a></li>)",
                         address_of(view, asked, asked.figure->name, period),
                         view(asked.figure->title),
                         view.voice.counted("insight.open.days"_t, days));
            for (const Definition& each : definitions())
              if (&each != asked.figure)
                list.add(R"(<li><a href="{}">{}</a></li>)",
                         address_of(view, asked, each.name, asked.period.name), view(each.title));
          });
  return out;
}

}  // namespace

Result<http::Response> figure_page(const http::Request& request, db::Read& read, Instant now) {
  if (const RoomFigure* figure = find_room_figure(request.path_text("figure")))
    return room_figure_page(request, read, *figure, now);
  const html::View& view = request.view;
  TRY(const Asked asked, asked_in(request, read, now));
  Counts counts;
  for (const auto& [outcome, count] : outcomes_of(read, asked.asking()))
    add_told(counts, asked.what(), outcome, count);
  html::Fragment body =
      html::breadcrumbs(view, {{view("insight.figures.title"_t), html::Url::in(view, "/figures")}},
                        view(asked.figure->title));
  body.add(R"(<h1 class="h-l">{}: {}</h1><p class="lead">{}</p>)", view(asked.figure->title),
           asked.unit ? std::string_view(asked.unit->name) : view("insight.open.city"_t),
           view(asked.figure->sentence));
  if (asked.with_below) body.add("<p>{}</p>", view("figures.settled.below"_t));
  body += number_table(view, asked, counts);
  body.add(R"(<p>{}</p><h2 class="h-m sp">{}</h2>{}<p><a href="{}">{}</a></p>)",
           view("insight.open.live_differs"_t), view("insight.open.rows"_t),
           stretches_table(view, read, asked), rows_address(asked, 0),
           view("insight.open.rows_csv"_t));
  body.add(R"(<p><a href="{}">{}</a></p>)", html::Url::in(view, "/data"),
           view("insight.open.title"_t));
  body += other_figures(view, asked);
  body += html::share(view, address_of(view, asked, asked.figure->name, asked.period.name),
                      view(asked.figure->title));
  auto response =
      http::page(200, html::page(view, {.title = view(asked.figure->title),
                                        .here = "/figures",
                                        .body = html::columns({.body = std::move(body)})}));
  response.cacheable = true;
  return response;
}

Result<http::Response> figure_rows(const http::Request& request, db::Read& read, Instant now) {
  if (const RoomFigure* figure = find_room_figure(request.path_text("figure")))
    return room_figure_rows(request, read, *figure, now);
  TRY(const Asked asked, asked_in(request, read, now));
  const std::string_view typed = request.query.text("after");
  const auto after = typed.empty() ? std::optional<std::int64_t>(0) : parse_number(typed);
  if (!after || *after < 0) return Error{ErrorKind::not_found, "insight.open.error.period"_t};
  const bool is_rating = asked.figure->is_of_ratings;
  const ClassRows part = class_rows_of(read, asked.asking(), *after, rows_max);
  http::Response response;
  if (part.next)
    response.headers.emplace_back(
        "Link", "<" + std::string(rows_address(asked, *part.next).view()) + ">; rel=\"next\"");
  response.content_type = "text/csv; charset=utf-8; header=present";
  std::string& out = response.body;
  out = "unit,valid_from,from,to,topic,sender";
  if (is_rating)
    out += ",score,again,believed";
  else
    for (const Outcome each : all_outcomes) out += "," + std::string(to_text(each));
  out += ",rows\r\n";
  for (const ClassRow& row : part.rows) {
    std::vector<std::string> cells = {row.unit.unit,  row.unit.valid_from, to_iso(row.from),
                                      to_iso(row.to), row.topic,           row.sender};
    if (is_rating) {
      const RatingOutcome rated = rating_outcome_of(row.outcome);
      cells.push_back(std::to_string(rated.score));
      cells.emplace_back(to_text(rated.again));
      cells.emplace_back(to_text(rated.believed));
    } else {
      for (const Outcome each : all_outcomes)
        cells.emplace_back((row.outcome & bit_of(each)) != 0 ? "1" : "0");
    }
    cells.push_back(std::to_string(row.count));
    csv::append(out, std::vector<std::string_view>(cells.begin(), cells.end()));
  }
  response.cacheable = true;
  return response;
}

}  // namespace ln::insight
