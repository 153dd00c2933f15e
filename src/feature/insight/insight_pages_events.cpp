#include "feature/insight/insight_pages_events.h"

#include <algorithm>
#include <span>

#include "core/ledger/ledger_store.h"
#include "feature/feedback/feedback.h"
#include "feature/insight/insight_jobs.h"
#include "feature/insight/insight_pages_address.h"
#include "feature/insight/insight_store.h"
#include "platform/html/charts.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/share.h"

namespace ln::insight {
namespace {

TextKey key_of_event(ledger::Event event) {
  using enum ledger::Event;
  switch (event) {
    case received: return "feedback.staff.event.received"_t;
    case accepted: return "feedback.staff.event.accepted"_t;
    case assigned: return "feedback.staff.event.assigned"_t;
    case transferred: return "feedback.staff.event.transferred"_t;
    case asked: return "feedback.staff.event.asked"_t;
    case replied: return "feedback.staff.event.replied"_t;
    case extended: return "feedback.case.event.extended"_t;
    case answered: return "feedback.staff.event.answered"_t;
    case promised: return "feedback.staff.event.promised"_t;
    case declined: return "feedback.staff.event.declined"_t;
    case redirected: return "feedback.staff.event.redirected"_t;
    case contested: return "feedback.staff.event.contested"_t;
    case rated: return "feedback.staff.event.rated"_t;
    case reopened: return "feedback.staff.event.reopened"_t;
    case closed: return "feedback.staff.event.closed"_t;
    case lapsed: return "feedback.staff.event.lapsed"_t;
    case merged: return "insight.figures.event_merged"_t;
    case published: return "feedback.staff.event.published"_t;
    case redacted: return "feedback.staff.event.redacted"_t;
    case opened_identity: return "feedback.staff.event.opened_identity"_t;
    case rekeyed: return "insight.figures.event_rekeyed"_t;
    case erased: return "insight.figures.event_erased"_t;
    case announced: break;  // not counted here
  }
  return "feedback.staff.event.other"_t;
}

html::Fragment events(const html::View& view,
                      std::vector<std::pair<ledger::Event, std::int64_t>> all) {
  // In the order in which they happen to a case.
  std::sort(all.begin(), all.end());
  const html::Column columns[] = {{view("insight.figures.event"_t)},
                                  {view("insight.figures.count"_t), true}};
  html::Fragment rows;
  for (const auto& [event, count] : all) {
    html::Fragment row, name;
    name.add("{}", view(key_of_event(event)));
    html::add_head_cell(row, name);
    html::add_cell(row, columns[1], count_text(view.voice, count));
    rows.add("<tr>{}</tr>", row);
  }
  return html::table(
      {.caption = view("insight.figures.events_caption"_t), .columns = columns, .rows = rows});
}

// One column for each reason that occurs. No floor here: what is counted is what an authority
// took away, and a number that hides below five would hide just that.
html::Fragment erasures(const html::View& view, const std::vector<ErasedDay>& days) {
  if (days.empty()) return html::fill("<p>{}</p>", view("insight.figures.erasures_none"_t));
  std::vector<feedback::ErasedBecause> reasons;
  for (const auto each : feedback::all_erased_because)
    if (std::ranges::any_of(days, [&](const ErasedDay& day) {
          return day.counts.contains(std::string(feedback::to_text(each)));
        }))
      reasons.push_back(each);
  std::vector<html::Column> columns = {{view("insight.figures.erasures_day"_t)}};
  for (const auto each : reasons) columns.push_back({view(feedback::key_of(each)), true});
  html::Fragment rows;
  // The newest; the file has every day.
  constexpr std::size_t days_shown = 7;
  for (const ErasedDay& day : std::span(days).first(std::min(days.size(), days_shown))) {
    html::Fragment row;
    html::add_head_cell(row, html::day(view, day.day));
    for (std::size_t i = 0; i < reasons.size(); ++i) {
      const auto found = day.counts.find(std::string(feedback::to_text(reasons[i])));
      html::add_cell(row, columns[i + 1],
                     view.voice.number(found == day.counts.end() ? 0 : found->second));
    }
    rows.add("<tr>{}</tr>", row);
  }
  return html::table({.caption = view("insight.figures.erasures_caption"_t),
                      .columns = columns,
                      .rows = std::move(rows),
                      .more_class = "tbl--figs"});
}

}  // namespace

Result<http::Response> events_page(const http::Request& request, db::Read& read, Instant now) {
  const html::View& view = request.view;
  const auto figures = current_long_figures(read, now);
  const std::string_view title = view("insight.events.title"_t);
  html::Fragment body = html::breadcrumbs(
      view, {{view("insight.figures.title"_t), html::Url::in(view, "/figures")}}, title);
  body.add(R"(<h1 class="h-l">{}</h1>)", title);
  body.add(R"(<h2 class="h-m">{}</h2>{})", view("insight.figures.events"_t),
           events(view, figures->events));
  body.add(R"(<h2 class="h-m sp" id="erasures">{}</h2><p>{}</p>{}<p><a href="{}">{}</a></p>)",
           view("insight.figures.erasures"_t), view("insight.figures.erasures_lead"_t),
           erasures(view, figures->erased), html::Url::in(view, "/figures/erasures.csv"),
           view("insight.figures.erasures_csv"_t));
  body += html::share(view, html::Url::here(view), title);
  auto response =
      http::page(200, html::page(view, {.title = title,
                                        .here = "/figures",
                                        .body = html::columns({.body = std::move(body)})}));
  response.cacheable = true;
  return response;
}

// Whole days only, as on the page.
Result<http::Response> erasures_csv(const http::Request&, db::Read& read, Instant now) {
  std::string out = "day,reason,count\r\n";
  for (const ErasedDay& day : count_erased(read, Instant{}, at_local(local_day(now))))
    for (const auto& [reason, count] : day.counts)
      out += to_iso(day.day) + "," + reason + "," + std::to_string(count) + "\r\n";
  http::Response response;
  response.content_type = "text/csv; charset=utf-8";
  response.body = std::move(out);
  response.cacheable = true;
  return response;
}

}  // namespace ln::insight
