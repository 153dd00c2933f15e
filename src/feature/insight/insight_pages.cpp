#include "feature/insight/insight_pages.h"

#include "base/text.h"
#include "core/ledger/ledger_store_tree.h"
#include "core/views/views.h"
#include "feature/insight/insight_jobs.h"
#include "feature/insight/insight_pages_address.h"
#include "feature/insight/insight_pages_live.h"
#include "feature/insight/insight_pages_map.h"
#include "feature/insight/insight_pages_units.h"
#include "feature/insight/insight_store.h"
#include "platform/html/charts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::insight {
namespace {

constexpr std::size_t units_per_home_band = 4;
constexpr std::int64_t lines_count = 4;

html::Fragment hero(const html::View& view) {
  html::Fragment find;
  find.add(R"(<label for="code">{}</label><p class="govuk-hint" id="code-hint">{}</p>)"
           R"(<div class="find__row"><input class="govuk-input" id="code" name="code" type="text")"
           R"( autocomplete="off" autocapitalize="characters" spellcheck="false")"
           R"( aria-describedby="code-hint">)"
           R"(<button class="govuk-button" type="submit">{}{}</button></div>)",
           view("insight.home.find"_t), view("insight.home.find_hint"_t), html::icon("search"),
           view("insight.home.find_button"_t));
  html::Fragment out;
  out.add(
      R"(<section class="hero"><div class="wrap hero__in"><div><h1>{}<br>{}</h1>)"
      R"(<p class="lead">{}</p>{})"
      R"(<p class="hero__note">{}</p></div>{}</div></section>)",
      view("insight.home.title"_t), view("insight.home.title_more"_t), view("insight.home.lead"_t),
      html::link_button(html::Url::in(view, "/feedback/new"), {.text = view("insight.home.send"_t),
                                                               .kind = html::ButtonKind::amber,
                                                               .icon_before = "message-square-plus",
                                                               .is_big = true}),
      [&](html::Fragment& notes) {
        notes.add("<span>{}{}</span>", html::icon("clock"), view("insight.home.minutes"_t));
        notes.add("<span>{}{}</span>", html::icon("user-round"), view("insight.home.account"_t));
        notes.add("<span>{}{}</span>", html::icon("lock"), view("insight.home.nameless"_t));
      },
      html::query_form({.action = html::Url::in(view, "/feedback/find"),
                        .body = std::move(find),
                        .css_class = "find",
                        .label = view("insight.home.find"_t)}));
  return out;
}

html::Fragment figures_section(const html::View& view,
                               const Settled& settled,
                               const Figures& moment) {
  constexpr Headline all[] = {{"received", "insight.home.received"_t},
                              {"on_time", "insight.home.on_time"_t},
                              {"rating", "insight.home.rating"_t},
                              {"overdue", "insight.units.overdue"_t}};
  html::Fragment heading, units, out, live;
  heading.add(R"(<h2 class="h-l" id="figures">{}</h2>)", view("insight.home.period"_t));
  live.add(R"(<p class="live">{} <b data-k="received">{}</b> {}, <b data-k="overdue">{}</b> {})"
           R"( · {} <span data-k="at">{}</span></p>)",
           view("figures.settled.live"_t), moment_text(view.voice, moment.city.received),
           view("insight.home.received"_t), moment_text(view.voice, moment.city.overdue_open),
           view("insight.home.overdue"_t), view("insight.home.counted_at"_t),
           view.voice.time(moment.to));
  units.add(R"(<div class="units"><div><h2 class="h-m">{}</h2>{}<p><a href="{}">{}</a></p></div>)"
            R"({}</div>)",
            view("insight.home.units"_t), band_table(view, settled.month, units_per_home_band),
            html::Url::in(view, "/figures"), view("insight.home.all_units"_t),
            ward_map(view, settled.month));
  out.add(R"(<section class="section" aria-labelledby="figures">)"
          R"(<div class="wrap" data-live="{}">{}{}{}{}{}</div></section>)",
          html::Url::in(view, "/live/figures").view(), heading,
          headlines(view, settled.month.city, {}, all), told_until(view, settled), live, units);
  return out;
}

html::Fragment lines(const html::View& view, const std::vector<Line>& all, bool is_solved) {
  html::Fragment out;
  if (all.empty()) return html::nothing_here(view("insight.home.nothing_yet"_t));
  out.add(R"(<ul class="list">{}</ul>)", [&](html::Fragment& list) {
    for (const Line& line : all) {
      html::Fragment badge;
      if (is_solved) {
        const auto days =
            std::chrono::ceil<std::chrono::days>(line.closed_at - line.received_at).count();
        badge = html::badge(html::Tone::ok, "circle-check",
                            view.voice.counted("insight.home.solved_after"_t, days));
      } else {
        const std::int64_t views = views::told(line.view_count);
        if (views > 0)
          badge = html::badge(
              html::Tone::plain, "trending-up",
              view.voice("insight.viewed.from"_t, {{"count", view.voice.number(views)}}));
      }
      list.add(R"(<li><h3><a href="{}">{}</a></h3>)"
               R"(<p class="row">{}<span class="muted small">{}</span></p></li>)",
               html::Url::in(view, "/feedback/", line.code), line.title, badge, line.unit_name);
    }
  });
  return out;
}

html::Fragment duo(const html::View& view, db::Read& read, const Figures& figures) {
  html::Fragment out;
  out.add(R"(<section class="section section--tint"><div class="wrap duo">)"
          R"(<div><h2 class="h-l">{}</h2>{}</div><div><h2 class="h-l">{}</h2>{})"
          R"(<p><a href="{}">{}</a></p></div></div></section>)",
          view("insight.home.solved"_t), lines(view, recently_solved(read, lines_count), true),
          view("insight.home.most_viewed"_t),
          lines(view, lines_of(read, figures.most_viewed), false),
          html::Url::in(view, "/most-viewed"), view("insight.viewed.all"_t));
  return out;
}

// The first and last letters of the sealed root: enough to compare by eye.
std::string short_hash(const ledger::Hash& root) {
  const std::string hex = to_hex(root);
  return hex.substr(0, 4) + " " + hex.substr(4, 4) + " " + hex.substr(8, 4) + " … " +
         hex.substr(hex.size() - 4);
}

html::Fragment ledger_box(const html::View& view, db::Read& read) {
  html::Fragment facts;
  if (const auto head = ledger::published_head(read)) {
    facts.add(R"(<div><dt>{}</dt><dd class="hash">{}</dd></div>)",
              view.voice("insight.home.sealed_at"_t, {{"when", view.voice.moment(head->at)}}),
              short_hash(head->root));
    facts.add(R"(<div><dt>{}</dt><dd class="num">{}</dd></div>)", view("insight.home.lines"_t),
              view.voice.number(head->size));
  } else {
    facts.add("<div><dt>{}</dt><dd>0</dd></div>", view("insight.home.lines"_t));
  }
  html::Fragment out;
  out.add(R"(<div class="ledger"><div><h2 class="h-l">{}</h2><p>{}</p>)"
          R"(<p><a href="{}">{}</a></p></div><dl>{}</dl></div>)",
          view("insight.home.ledger"_t), view("insight.home.ledger_lead"_t),
          html::Url::in(view, "/ledger"), view("insight.home.ledger_check"_t), facts);
  return out;
}

html::Fragment ways(const html::View& view) {
  html::Fragment out;
  const auto way = [&](html::Fragment& list, std::string_view icon, const html::Url& url,
                       TextKey name, TextKey what) {
    list.add(R"(<li><a class="card" href="{}">{}<b>{}</b><span>{}</span></a></li>)", url,
             html::icon(icon), view(name), view(what));
  };
  out.add(R"(<h2 class="h-l sp">{}</h2><ul class="ways plain">{}</ul>)",
          view("insight.home.ways"_t), [&](html::Fragment& list) {
            way(list, "building-2", html::Url::in(view, "/units"), "insight.home.way_counter"_t,
                "insight.home.way_counter_what"_t);
            way(list, "mic", html::Url::in(view, "/feedback/new"), "insight.home.way_voice"_t,
                "insight.home.way_voice_what"_t);
            way(list, "info", html::Url::in(view, "/help"), "insight.home.way_help"_t,
                "insight.home.way_help_what"_t);
          });
  return out;
}

}  // namespace

Result<http::Response> home_page(const http::Request& request, db::Read& read, Instant now) {
  const html::View& view = request.view;
  const auto moment = current_moment(read, now);
  html::Fragment body = hero(view);
  body += figures_section(view, *current_figures(read, now), *moment);
  body += duo(view, read, *moment);
  body.add(R"(<section class="section"><div class="wrap">{}{}</div></section>)",
           ledger_box(view, read), ways(view));
  auto response = http::page(
      200, html::page(
               view, {.title = view("insight.home.name"_t), .here = "/", .body = std::move(body)}));
  response.cacheable = true;
  return response;
}

}  // namespace ln::insight
