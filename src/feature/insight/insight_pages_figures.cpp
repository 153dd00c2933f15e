#include "feature/insight/insight_pages_figures.h"

#include <algorithm>
#include <span>

#include "feature/insight/insight_jobs.h"
#include "feature/insight/insight_pages_address.h"
#include "feature/insight/insight_pages_live.h"
#include "feature/insight/insight_pages_reorganised.h"
#include "feature/insight/insight_pages_units.h"
#include "feature/insight/insight_store.h"
#include "platform/html/charts.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/share.h"

namespace ln::insight {
namespace {

// What keeps each page within its bytes, however large the city is.
constexpr std::size_t units_per_band = 8, units_per_page = 40;

TextKey key_of_sender(std::string_view sender) {
  if (sender.empty()) return "figures.settled.sender_untold"_t;
  if (sender == "organisation") return "insight.figures.organisation"_t;
  if (sender == "business") return "insight.figures.business"_t;
  return "insight.figures.person"_t;
}

html::Fragment how_counted(const html::View& view) {
  html::Fragment out;
  out.add(
      R"(<details class="govuk-details"><summary class="govuk-details__summary">)"
      R"(<span class="govuk-details__summary-text">{}</span></summary>)"
      R"(<div class="govuk-details__text"><ul class="govuk-list">{}</ul></div></details>)",
      view("insight.figures.how"_t), [&](html::Fragment& list) {
        for (const TextKey key : {"insight.figures.how_on_time"_t, "insight.figures.how_late"_t,
                                  "insight.figures.how_interval"_t, "insight.figures.how_rating"_t,
                                  "insight.figures.how_left_out"_t, "insight.figures.how_floor"_t})
          list.add("<li>{}</li>", view(key));
      });
  return out;
}

html::Fragment head_figures(const html::View& view, const Settled& settled) {
  constexpr Headline all[] = {
      {"received", "insight.home.received"_t},   {"on_time", "insight.home.on_time"_t},
      {"late", "insight.figures.late"_t},        {"satisfied", "figures.settled.satisfied"_t},
      {"rating", "insight.home.rating"_t},       {"report_again", "figures.settled.report_again"_t},
      {"believed", "figures.settled.believed"_t}};
  html::Fragment out = headlines(view, settled.month.city, {}, all);
  out += told_until(view, settled);
  return out;
}

html::Fragment months(const html::View& view, std::vector<Month> all) {
  // Months before the city began to listen say nothing.
  const auto first = std::find_if(all.begin(), all.end(),
                                  [](const Month& month) { return month.counts.received > 0; });
  all.erase(all.begin(), first == all.end() ? all.end() - 1 : first);
  std::int64_t most = 1;
  for (const Month& month : all) most = std::max(most, month.counts.received);
  const html::Column columns[] = {{view("insight.figures.month"_t)},
                                  {view("insight.office.received"_t), true},
                                  {view("insight.figures.volume"_t)},
                                  {view("insight.units.on_time"_t)},
                                  {view("insight.figures.solved"_t), true}};
  html::Fragment rows;
  for (const Month& month : all) {
    html::Fragment row, name;
    name.add_text(view.voice.date(month.first).substr(3));
    html::add_head_cell(row, name);
    const About about{.period = to_iso(month.first).substr(0, 7)};
    html::add_cell(row, columns[1], linked_value(view, "received", month.counts, about));
    html::add_cell(row, columns[2],
                   html::bar({.share = static_cast<double>(month.counts.received) /
                                       static_cast<double>(most)}));
    html::add_cell(row, columns[3], linked_figure(view, "on_time", month.counts, about));
    html::add_cell(row, columns[4], linked_value(view, "solved", month.counts, about));
    rows.add("<tr>{}</tr>", row);
  }
  return html::table({.caption = view("insight.figures.months_caption"_t),
                      .columns = columns,
                      .rows = std::move(rows),
                      .more_class = "tbl--figs"});
}

html::Fragment senders(const html::View& view, const std::vector<SenderCounts>& all) {
  const html::Column columns[] = {{view("insight.figures.sender"_t)},
                                  {view("insight.office.received"_t), true},
                                  {view("insight.units.on_time"_t)}};
  html::Fragment rows;
  // Of whom nothing is told apart may still have written: a nought would say that they did not.
  const bool is_pooled = std::ranges::any_of(all, [](const SenderCounts& each) {
    return each.sender.empty() && each.counts.received > 0;
  });
  for (const SenderCounts& each : all) {
    // Of each came nobody's or at least five letters, and so of what any of them leaves of the
    // city. How they fared is told in full, as in open data.
    if (each.counts.received == 0 && (each.sender.empty() || is_pooled)) continue;
    html::Fragment row, name;
    name.add_text(view(key_of_sender(each.sender)));
    html::add_head_cell(row, name);
    html::add_cell(row, columns[1], view.voice.number(each.counts.received));
    const std::string more = certainty_of(view, "on_time", each.counts);
    html::add_cell(
        row, columns[2],
        value_of(view, "on_time", each.counts) + (more.empty() ? "" : " (" + more + ")"));
    rows.add("<tr>{}</tr>", row);
  }
  return html::table({.caption = view("insight.figures.senders_caption"_t),
                      .columns = columns,
                      .rows = std::move(rows),
                      .more_class = "tbl--figs"});
}

}  // namespace

Result<http::Response> figures_page(const http::Request& request, db::Read& read, Instant now) {
  const html::View& view = request.view;
  const auto figures = current_figures(read, now);
  html::Fragment body;
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>{}{})", view("insight.figures.title"_t),
           view("insight.figures.lead"_t), head_figures(view, *figures), how_counted(view));
  body.add(R"(<p><a href="{}">{}</a></p>)", html::Url::in(view, "/figures/board"),
           view("insight.board.link_city"_t));
  body.add(R"(<h2 class="h-m sp" id="units">{}</h2>{}<p><a href="{}">{}</a></p>)",
           view("insight.figures.units"_t), band_table(view, figures->month, units_per_band),
           html::Url::in(view, "/figures/units"), view("insight.figures.all_units"_t));
  body.add(R"(<p><a href="{}">{}</a></p>)", html::Url::in(view, "/figures/units.csv"),
           view("insight.figures.csv"_t));
  body.add(R"(<p><a href="{}">{}</a></p><p><a href="{}">{}</a></p>)",
           html::Url::in(view, "/figures/definitions"), view("insight.open.link"_t),
           html::Url::in(view, "/data"), view("insight.open.title"_t));
  body.add(R"(<h2 class="h-m sp">{}</h2>{}<h2 class="h-m sp">{}</h2>{})",
           view("insight.figures.months"_t), months(view, figures->months),
           view("insight.figures.senders"_t), senders(view, figures->senders));
  body.add(R"(<p><a href="{}">{}</a></p>)", html::Url::in(view, "/figures/events"),
           view("insight.events.link"_t));
  body += html::share(view, html::Url::here(view), view("insight.figures.title"_t));
  auto response =
      http::page(200, html::page(view, {.title = view("insight.figures.title"_t),
                                        .here = "/figures",
                                        .body = html::columns({.body = std::move(body)})}));
  response.cacheable = true;
  return response;
}

Result<http::Response> figures_units_page(const http::Request& request,
                                          db::Read& read,
                                          Instant now) {
  if (request.query.has("geography")) return reorganised_units_page(request, read, now);
  const html::View& view = request.view;
  const auto figures = current_figures(read, now);
  const auto& units = figures->month.units;
  std::size_t first = 0;
  if (const std::string_view after = request.query.text("after"); !after.empty()) {
    const auto at = std::ranges::find(
        units, after, [](const UnitCounts& each) { return std::string_view(each.unit.code); });
    if (at != units.end()) first = static_cast<std::size_t>(at - units.begin()) + 1;
  }
  html::Fragment body =
      html::breadcrumbs(view, {{view("insight.figures.title"_t), html::Url::in(view, "/figures")}},
                        view("insight.figures.all_units"_t));
  body.add(R"(<h1 class="h-l">{}</h1>{})", view("insight.figures.all_units"_t),
           unit_table(view, figures->month, first, units_per_page));
  body += told_until(view, *figures);
  html::PagerParts pager;
  const html::Url here = html::Url::in(view, "/figures/units");
  if (first > units_per_page)
    pager.previous = here.with("after", units[first - units_per_page - 1].unit.code);
  else if (first > 0)
    pager.previous = here;
  if (first + units_per_page < units.size())
    pager.next = here.with("after", units[first + units_per_page - 1].unit.code);
  body += html::pager(view, pager);
  body += readings(view, read, now);
  auto response =
      http::page(200, html::page(view, {.title = view("insight.figures.all_units"_t),
                                        .here = "/figures",
                                        .body = html::columns({.body = std::move(body)})}));
  response.cacheable = true;
  return response;
}

Result<http::Response> figures_csv(const http::Request&, db::Read& read, Instant now) {
  const auto figures = current_figures(read, now);
  std::string out = "code,valid_from,name,answered_on_time,answered_or_overdue,overdue_open\r\n";
  for (const UnitCounts& each : figures->month.units) {
    const stats::Share share = each.counts.on_time_share();
    const bool is_told = share.whole >= stats::privacy_floor;
    out += each.unit.code + "," + to_iso(each.unit.valid_from) + ",\"" + each.unit.name + "\",";
    if (is_told)
      out += std::to_string(share.part) + "," + std::to_string(share.whole) + "," +
             std::to_string(each.counts.overdue_open);
    else
      out += ",,";
    out += "\r\n";
  }
  http::Response response;
  response.content_type = "text/csv; charset=utf-8";
  response.body = std::move(out);
  response.cacheable = true;
  return response;
}

}  // namespace ln::insight
