// The dashboard's figures over time.
#include <array>
#include <vector>

#include "engine/stats/stats_trend.h"
#include "feature/insight/insight_jobs_report_text.h"
#include "feature/insight/insight_pages_board_parts.h"
#include "feature/insight/insight_pages_chart.h"
#include "platform/html/charts.h"
#include "platform/html/parts.h"

namespace ln::insight {
namespace {

using html::Fragment;
using html::View;
using Shares = std::vector<std::optional<stats::Share>>;

struct Series {
  std::vector<std::string> names{};
  std::vector<std::string> received{};
  Shares on_time{}, satisfied{};
};

Series quarters_of(const View& view, const Board& board, const BoardUnit& unit) {
  Series series;
  for (std::size_t q = 0; q < board.quarters.size(); ++q) {
    series.names.push_back(period_name(view.voice, board.quarters[q]));
    series.received.push_back(unit.received.counts[q]
                                  ? view.voice.number(unit.quarters[q].received)
                                  : std::string(view("insight.board.withheld"_t)));
    series.on_time.push_back(unit.on_time(q));
    series.satisfied.push_back(unit.satisfied(q));
  }
  return series;
}

std::vector<ChartPoint> points_of(const Series& series, const Shares& shares) {
  std::vector<ChartPoint> points;
  for (std::size_t i = 0; i < shares.size(); ++i) points.push_back({series.names[i], shares[i]});
  return points;
}

TextKey key_of_trend(stats::Trend trend) {
  switch (trend) {
    case stats::Trend::too_short: return "insight.board.trend_short"_t;
    case stats::Trend::steady: return "insight.board.trend_steady"_t;
    case stats::Trend::rising: return "insight.board.trend_rising"_t;
    case stats::Trend::falling: return "insight.board.trend_falling"_t;
  }
  return {};
}

// What the tests allow to say. The running period is left out: it is not over.
std::string words_of(const View& view, const Series& series, const Shares& all) {
  std::vector<std::size_t> known;
  for (std::size_t i = 0; i + 1 < all.size(); ++i)
    if (all[i]) known.push_back(i);
  const Shares over(all.begin(), all.empty() ? all.end() : all.end() - 1);
  const std::vector<stats::Share> shares = told_only(over);
  std::string words(view(key_of_trend(stats::trend_of(shares).trend)));
  if (const auto change = stats::change_point(shares); change && change->p_value <= 0.05)
    words += " " + view.voice("insight.board.change"_t,
                              {{"period", series.names[known[change->first_after]]},
                               {"before", view.voice.percent(stats::ratio(change->before))},
                               {"after", view.voice.percent(stats::ratio(change->after))}});
  return words;
}

Fragment series_table(const View& view,
                      const Board& board,
                      const BoardUnit& unit,
                      const Series& series) {
  const html::Column columns[] = {{view("insight.board.period"_t)},
                                  {view("insight.board.satisfied"_t)},
                                  {view("insight.units.on_time"_t)},
                                  {view("insight.office.received"_t), true}};
  // A young city has nothing to tell of the quarters before it began; the chart shows them.
  std::size_t first = 0;
  while (first + 1 < series.names.size() && !series.satisfied[first] && !series.on_time[first] &&
         series.received[first] == "0")
    ++first;
  Fragment rows;
  for (std::size_t i = series.names.size(); i-- > first;) {
    Fragment row;
    html::add_head_cell(row, html::fill("{}", series.names[i]));
    html::add_cell(row, columns[1],
                   share_with_interval(view, series.satisfied[i],
                                       figure_url(view, "satisfied", about_of(board, unit, i))));
    html::add_cell(row, columns[2],
                   share_with_interval(view, series.on_time[i],
                                       figure_url(view, "on_time", about_of(board, unit, i))));
    html::add_cell(row, columns[3], series.received[i]);
    rows.add("<tr>{}</tr>", row);
  }
  return html::table({.caption = view("insight.board.trend_caption"_t),
                      .columns = columns,
                      .rows = std::move(rows)});
}

}  // namespace

Fragment board_trend(const View& view, const Board& board, const BoardUnit& unit) {
  const Series series = quarters_of(view, board, unit);
  Fragment out =
      html::fill(R"(<h2 class="h-m sp" id="trend">{}</h2>)", view("insight.board.trend"_t));
  out.add(R"(<h3 class="h-s">{}</h3><p>{}</p>{})", view("insight.board.satisfied"_t),
          words_of(view, series, series.satisfied),
          share_chart(view, points_of(series, series.satisfied),
                      view("insight.board.chart_satisfied"_t)));
  out.add(
      R"(<h3 class="h-s">{}</h3><p>{}</p>{})", view("insight.units.on_time"_t),
      words_of(view, series, series.on_time),
      share_chart(view, points_of(series, series.on_time), view("insight.board.chart_on_time"_t)));
  out += series_table(view, board, unit, series);
  return out;
}

Fragment board_rhythm(const View& view, const Board& board) {
  if (board.rhythm.empty()) return {};
  constexpr std::array days = {"insight.board.monday"_t,    "insight.board.tuesday"_t,
                               "insight.board.wednesday"_t, "insight.board.thursday"_t,
                               "insight.board.friday"_t,    "insight.board.saturday"_t,
                               "insight.board.sunday"_t};
  std::vector<std::string> hours;
  for (std::size_t block = 0; block < day_blocks; ++block)
    hours.push_back(std::to_string(block * 3) + "–" + std::to_string(block * 3 + 3) +
                    std::string(view("insight.board.hour"_t)));
  std::vector<html::Column> columns = {{view("insight.board.weekday"_t)}};
  for (const std::string& hour : hours) columns.push_back({hour, true});
  Fragment rows;
  for (std::size_t day = 0; day < week_days; ++day) {
    Fragment row;
    html::add_head_cell(row, html::fill("{}", view(days[day])));
    for (std::size_t block = 0; block < day_blocks; ++block) {
      const auto& count = board.rhythm[day * day_blocks + block];
      html::add_cell(row, columns[block + 1], count ? view.voice.number(*count) : std::string("–"));
    }
    rows.add("<tr>{}</tr>", row);
  }
  return html::fill(R"(<h2 class="h-m sp" id="rhythm">{}</h2><p>{}</p>{}{})",
                    view("insight.board.rhythm"_t), view("insight.board.rhythm_lead"_t),
                    week_chart(view, board.rhythm, view("insight.board.rhythm_label"_t)),
                    html::table({.caption = view("insight.board.rhythm_caption"_t),
                                 .columns = columns,
                                 .rows = std::move(rows),
                                 .more_class = "tbl--cells"}));
}

}  // namespace ln::insight
