#include "feature/insight/insight_pages_board_parts.h"

#include <array>
#include <span>
#include <utility>
#include <vector>

#include "core/units/units_name.h"
#include "engine/stats/stats_compare.h"
#include "engine/stats/stats_sample.h"
#include "engine/stats/stats_trend.h"
#include "feature/insight/insight_open.h"
#include "feature/insight/insight_pages_live.h"
#include "platform/html/charts.h"
#include "platform/html/parts.h"

namespace ln::insight {
namespace {

using html::Fragment;
using html::View;

std::string percent_of(const View& view, stats::Share share) {
  return view.voice.percent(static_cast<double>(stats::tenths_of_percent(share)) / 1000.0);
}

TextKey key_of_rating(std::size_t score) {
  constexpr std::array keys = {"satisfaction.score.1"_t, "satisfaction.score.2"_t,
                               "satisfaction.score.3"_t, "satisfaction.score.4"_t,
                               "satisfaction.score.5"_t};
  return keys[score];
}

TextKey key_of_age(std::size_t age) {
  constexpr std::array keys = {"insight.board.age_week"_t, "insight.board.age_month"_t,
                               "insight.board.age_quarter"_t, "insight.board.age_half"_t,
                               "insight.board.age_more"_t};
  return keys[age];
}

// "2026-Q3"
std::string quarter_word(const Period& quarter) {
  const std::chrono::year_month_day date(quarter.first);
  return to_iso(quarter.first).substr(0, 4) + "-Q" +
         std::to_string((static_cast<unsigned>(date.month()) - 1) / 3 + 1);
}

std::string told_count(const View& view, bool is_told, std::int64_t count) {
  return is_told ? view.voice.number(count) : std::string(view("insight.board.withheld"_t));
}

TextKey key_of_satisfied_band(stats::Band band) {
  switch (band) {
    case stats::Band::clearly_above: return "insight.board.band_above"_t;
    case stats::Band::around: return "insight.board.band_around"_t;
    case stats::Band::clearly_below: return "insight.board.band_below"_t;
    case stats::Band::too_few: return "insight.band.too_few"_t;
  }
  return {};
}

void add_band_row(Fragment& out,
                  const View& view,
                  const Board& board,
                  const BoardUnit& each,
                  const stats::Pool& pool,
                  std::span<const html::Column> columns) {
  const stats::Share share = satisfied_of(*each.ratings());
  const stats::Interval interval = stats::wilson(share);
  const stats::Pooled drawn = stats::posterior(share, pool);
  Fragment row;
  html::add_head_cell(row,
                      html::fill(R"(<a href="{}">{}</a>)",
                                 html::Url::in(view, "/figures/board").with("unit", each.unit.code),
                                 shown_name(view, each.unit)));
  html::add_cell(
      row, columns[1],
      html::fill(
          R"(<span class="cellbar"><a class="num" href="{}">{}</a>{}</span>)",
          figure_url(view, "satisfied", about_of(board, each)), percent_of(view, share),
          html::bar({.share = stats::ratio(share), .low = interval.low, .high = interval.high})));
  html::add_cell(
      row, columns[2],
      html::fill(R"(<span class="ci num">{}</span>)", share_interval_text(view.voice, interval)));
  html::add_cell(row, columns[3], view.voice.number(share.whole));
  html::add_cell(row, columns[4],
                 html::fill(R"(<span class="num">{}</span> <span class="ci num">({})</span>)",
                            view.voice.percent(drawn.estimate),
                            share_interval_text(view.voice, drawn.interval)));
  out.add("<tr>{}</tr>", row);
}

}  // namespace

std::string_view shown_name(const View& view, const units::Unit& unit) {
  const bool in_english = view.voice.language() == i18n::Language::en;
  return units::name_in(unit, in_english);
}

Fragment share_with_interval(const View& view, const std::optional<stats::Share>& share) {
  if (!share)
    return html::fill(R"(<span class="withheld">{}</span>)", view("insight.board.withheld"_t));
  return html::fill(R"(<span class="num">{}</span> <span class="ci num">({}) n = {}</span>)",
                    percent_of(view, *share),
                    share_interval_text(view.voice, stats::wilson(*share)),
                    view.voice.number(share->whole));
}

Fragment share_with_interval(const View& view,
                             const std::optional<stats::Share>& share,
                             const html::Url& address) {
  if (!share) return share_with_interval(view, share);
  return html::fill(R"(<a class="num" href="{}">{}</a> <span class="ci num">({}) n = {}</span>)",
                    address, percent_of(view, *share),
                    share_interval_text(view.voice, stats::wilson(*share)),
                    view.voice.number(share->whole));
}

About about_of(const Board& board, const BoardUnit& unit) {
  if (board.quarters.empty()) return {};
  const bool is_city = &unit == board.units.data();
  About about{quarter_word(board.quarters.front()) + ".." + quarter_word(board.quarters.back())};
  if (is_city) return about;
  about.unit = unit.unit.code;
  about.with_below = !board.below(unit).empty();
  return about;
}

About about_of(const Board& board, const BoardUnit& unit, std::size_t quarter) {
  About about = about_of(board, unit);
  about.period = quarter_word(board.quarters[quarter]);
  return about;
}

Fragment board_head(const View& view, const Board& board, const BoardUnit& unit) {
  constexpr Headline all[] = {{"satisfied", "insight.board.satisfied"_t},
                              {"believed", "insight.open.title.believed"_t},
                              {"report_again", "insight.open.title.report_again"_t},
                              {"on_time", "insight.home.on_time"_t},
                              {"received", "insight.home.received"_t}};
  Counts sum;
  for (const Counts& each : unit.quarters) sum.add(each);
  const bool is_listed = board.find(unit.unit.id) != nullptr;
  Fragment out =
      headlines(view, sum, is_listed ? about_of(board, unit) : About{.unit = unit.unit.code}, all);
  std::int64_t open = 0;
  for (const std::int64_t count : unit.ages) open += count;
  out.add(R"(<p><b class="num">{}</b> {}</p>)",
          unit.aged.total ? view.voice.number(open) : std::string("–"),
          view("insight.board.open"_t));
  return out;
}

Fragment board_ratings(const View& view, const Board& board, const BoardUnit& unit) {
  Fragment out =
      html::fill(R"(<h2 class="h-m sp" id="ratings">{}</h2>)", view("insight.board.ratings"_t));
  const auto ratings = unit.ratings();
  if (!ratings) {
    out += html::nothing_here(view("insight.board.ratings_few"_t));
    return out;
  }
  const stats::Share satisfied = satisfied_of(*ratings);
  const stats::Share acceptable{ratings->counts[2], ratings->count()};
  out.add(
      R"(<p>{} <b>{}</b><br>{} <b>{}</b></p>)", view("insight.board.satisfied_is"_t),
      share_with_interval(view, satisfied, figure_url(view, "satisfied", about_of(board, unit))),
      view("insight.board.acceptable_is"_t),
      share_with_interval(view, acceptable, figure_url(view, "acceptable", about_of(board, unit))));
  std::array<html::DistributionRow, 5> rows;
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows[i] = {.label = view(key_of_rating(4 - i)), .count = ratings->counts[4 - i]};
  out += html::distribution(view, {.caption = view("insight.board.ratings_caption"_t),
                                   .class_heading = view("insight.board.score"_t),
                                   .count_heading = view("insight.figures.count"_t),
                                   .rows = rows});
  const stats::Share answered{unit.response.rated, unit.response.asked};
  if (unit.asked.total && unit.responded.total && answered.part > 0 &&
      answered.part <= answered.whole) {
    const stats::Interval silent =
        stats::silent_bounds(stats::Share{unit.response.satisfied, answered.part}, answered.whole);
    out.add("<p>{}</p>",
            view.voice("insight.board.silent"_t, {{"share", percent_of(view, answered)},
                                                  {"n", view.voice.number(answered.whole)},
                                                  {"low", view.voice.percent(silent.low, 0)},
                                                  {"high", view.voice.percent(silent.high, 0)}}));
  }
  return out;
}

Fragment board_ages(const View& view,
                    const Board& board,
                    const BoardUnit& unit,
                    std::span<const BoardUnit* const> below) {
  const std::vector<std::size_t>& groups = board.age_groups;
  std::vector<std::string> names;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    std::string name;
    for (std::size_t a = groups[g]; a < (g + 1 < groups.size() ? groups[g + 1] : age_classes); ++a)
      name += (name.empty() ? "" : " + ") + std::string(view(key_of_age(a)));
    names.push_back(std::move(name));
  }
  std::vector<html::Column> columns = {{view("insight.units.unit"_t)}};
  for (const std::string& name : names) columns.push_back({name, true});
  columns.push_back({view("insight.board.all"_t), true});
  Fragment rows;
  const auto add = [&](const BoardUnit& each, std::string_view name) {
    Fragment row;
    std::int64_t sum = 0;
    html::add_head_cell(row, html::fill("{}", name));
    for (std::size_t g = 0; g < groups.size(); ++g) {
      const std::size_t a = groups[g];
      html::add_cell(row, columns[g + 1], told_count(view, each.aged.counts[a], each.ages[a]));
      sum += each.ages[a];
    }
    html::add_cell(row, columns.back(), told_count(view, each.aged.total, sum));
    rows.add("<tr>{}</tr>", row);
  };
  add(unit, view("insight.board.here"_t));
  // Those where nothing waits say nothing; a unit of which nothing can be told is not named.
  for (const BoardUnit* each : below) {
    bool is_known = false;
    for (std::size_t a = 0; a < age_classes; ++a)
      is_known = is_known || (each->aged.counts[a] && each->ages[a] > 0);
    if (is_known) add(*each, shown_name(view, each->unit));
  }
  return html::fill(R"(<h2 class="h-m sp" id="waiting">{}</h2><p>{}</p>{})",
                    view("insight.board.ages"_t), view("insight.board.ages_lead"_t),
                    html::table({.caption = view("insight.board.ages_caption"_t),
                                 .columns = columns,
                                 .rows = std::move(rows)}));
}

Fragment board_funnel(const View& view, const Board& board, const BoardUnit& unit) {
  const auto all = unit.all();
  if (!all) return {};
  struct Step {
    TextKey name;
    std::string_view figure;
    std::int64_t count;
  };
  const Step steps[] = {{"insight.board.step_received"_t, "received", all->received},
                        {"insight.board.step_answered"_t, "answered", all->answered},
                        {"insight.board.step_on_time"_t, "on_time", all->on_time},
                        {"insight.board.step_solved"_t, "solved", all->solved},
                        {"insight.board.step_reopened"_t, "reopened", all->reopened},
                        {"insight.board.step_declined"_t, "declined", all->declined}};
  const html::Column columns[] = {{view("insight.board.step"_t)},
                                  {view("insight.board.of_received"_t)},
                                  {view("insight.figures.count"_t), true}};
  Fragment rows;
  for (const Step& step : steps) {
    const stats::Share share{step.count, all->received};
    Fragment row;
    html::add_head_cell(row, html::fill("{}", view(step.name)));
    html::add_cell(row, columns[1],
                   html::fill(R"(<span class="cellbar"><span class="num">{}</span>{}</span>)"
                              R"( <span class="ci num">{}</span>)",
                              percent_of(view, share), html::bar({.share = stats::ratio(share)}),
                              share_interval_text(view.voice, stats::wilson(share), 0)));
    // Of a figure that has too few to divide by, the address tells no number either.
    const bool has_address =
        share_of(*find_definition(step.figure), *all).whole >= stats::privacy_floor;
    if (has_address)
      html::add_cell(row, columns[2],
                     html::fill(R"(<a class="num" href="{}">{}</a>)",
                                figure_url(view, step.figure, about_of(board, unit)),
                                view.voice.number(step.count)));
    else
      html::add_cell(row, columns[2], view.voice.number(step.count));
    rows.add("<tr>{}</tr>", row);
  }
  return html::fill(R"(<h2 class="h-m sp" id="funnel">{}</h2>{})", view("insight.board.funnel"_t),
                    html::table({.caption = view("insight.board.funnel_caption"_t),
                                 .columns = columns,
                                 .rows = std::move(rows)}));
}

Fragment board_bands(const View& view, const Board& board, const BoardUnit& unit) {
  const auto below = board.below(unit);
  if (below.empty()) return {};
  const std::vector<stats::Band> bands = satisfied_bands(below);
  std::vector<stats::Share> shares;
  for (const BoardUnit* each : below)
    if (const auto ratings = each->ratings()) shares.push_back(satisfied_of(*ratings));
  const stats::Pool pool = stats::pool_of(shares);
  const html::Column columns[] = {{view("insight.units.unit"_t)},
                                  {view("insight.board.satisfied"_t)},
                                  {view("insight.board.interval"_t)},
                                  {"n", true},
                                  {view("insight.board.drawn"_t)}};
  Fragment rows;
  for (const stats::Band band :
       {stats::Band::clearly_above, stats::Band::around, stats::Band::clearly_below}) {
    bool is_first = true;
    for (std::size_t i = 0; i < below.size(); ++i) {
      if (bands[i] != band) continue;
      if (std::exchange(is_first, false))
        rows.add(R"(<tr><th scope="rowgroup" colspan="5" class="bandhead">{}</th></tr>)",
                 view(key_of_satisfied_band(band)));
      add_band_row(rows, view, board, *below[i], pool, columns);
    }
  }
  const std::size_t silent = below.size() - shares.size();
  Fragment out = html::fill(R"(<h2 class="h-m sp" id="bands">{}</h2><p>{}</p>)",
                            view("insight.board.bands"_t), view("insight.board.bands_lead"_t));
  if (shares.empty())
    out += html::nothing_here(view("insight.board.bands_none"_t));
  else
    out += html::table({.caption = view("insight.board.bands_caption"_t),
                        .columns = columns,
                        .rows = std::move(rows),
                        .more_class = "tbl--figs"});
  if (silent > 0)
    out.add(R"(<p class="muted small">{}</p>)",
            view.voice.counted("insight.board.bands_silent"_t, static_cast<std::int64_t>(silent)));
  return out;
}

std::string difference_sentence(const View& view,
                                const std::optional<stats::Share>& later,
                                const std::optional<stats::Share>& earlier) {
  if (!later || !earlier) return std::string(view("insight.board.no_difference_told"_t));
  const stats::Difference found = stats::difference_of(*later, *earlier);
  if (!found.is_shown()) return std::string(view("insight.board.no_difference"_t));
  const bool is_more = found.difference > 0;
  const auto points = [&](double share) { return view.voice.decimal(100 * share, 1); };
  return view.voice(is_more ? "insight.board.more"_t : "insight.board.less"_t,
                    {{"low", points(is_more ? found.interval.low : -found.interval.high)},
                     {"high", points(is_more ? found.interval.high : -found.interval.low)}});
}

}  // namespace ln::insight
