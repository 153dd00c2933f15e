#include "feature/insight/insight_pages_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

namespace ln::insight {
namespace {

using html::Fragment;

constexpr double chart_width = 240, chart_height = 72, chart_margin = 4;
constexpr std::array<std::string_view, 5> heat_colours = {"m0", "m2", "m3", "m4", "m5"};
constexpr std::int64_t cell_width = 24, cell_height = 10;

std::string at(double value) { return fmt::format("{:.1f}", value); }

double height_of(double share) {
  return chart_margin + (1 - std::clamp(share, 0.0, 1.0)) * (chart_height - 2 * chart_margin);
}

void add_levels(Fragment& out) {
  std::string lines;
  for (const double share : {0.0, 0.5, 1.0}) lines += "M0 " + at(height_of(share)) + "h240";
  out.add(R"(<path class="out" d="{}" opacity=".1"/>)", lines);
}

// The line through points that follow each other without a gap.
void add_lines(Fragment& out, std::span<const ChartPoint> points, double step) {
  std::string line;
  std::size_t length = 0;
  const auto end_line = [&] {
    if (length > 1)
      out.add(R"(<polyline class="line" points="{}" fill="none" stroke="currentColor" )"
              R"(stroke-width="1.2"/>)",
              line);
    line.clear();
    length = 0;
  };
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!points[i].share) {
      end_line();
      continue;
    }
    if (!line.empty()) line += ' ';
    line += at((static_cast<double>(i) + 0.5) * step) + "," +
            at(height_of(stats::ratio(*points[i].share)));
    ++length;
  }
  end_line();
}

// The intervals are one path, so that a chart of many periods stays light.
void add_points(Fragment& out, std::span<const ChartPoint> points, double step) {
  std::string intervals;
  Fragment circles;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!points[i].share) continue;
    const stats::Interval interval = stats::wilson(*points[i].share);
    const std::string x = at((static_cast<double>(i) + 0.5) * step);
    intervals += "M" + x + " " + at(height_of(interval.low)) + "V" + at(height_of(interval.high));
    circles.add(R"(<circle class="m5" cx="{}" cy="{}" r="2.4"/>)", x,
                at(height_of(stats::ratio(*points[i].share))));
  }
  out.add(R"(<path class="out" d="{}" opacity=".5"/>)", intervals);
  out += circles;
}

std::size_t class_of_heat(std::int64_t count, std::span<const HeatClass> classes) {
  for (std::size_t i = 0; i < classes.size(); ++i)
    if (count <= classes[i].to) return i + 1;
  return classes.size();
}

}  // namespace

Fragment share_chart(const html::View& view,
                     std::span<const ChartPoint> points,
                     std::string_view label) {
  if (std::ranges::none_of(points, [](const ChartPoint& each) { return each.share.has_value(); }))
    return {};
  const double step = chart_width / static_cast<double>(points.size());
  return html::fill(
      R"(<figure class="map"><svg viewBox="0 0 240 72" role="img" aria-label="{}">{}</svg>)"
      R"(<figcaption><span class="row row--between"><span>{}</span><span>{}</span></span>)"
      R"(<span class="small">{}</span></figcaption></figure>)",
      label,
      [&](Fragment& drawing) {
        add_levels(drawing);
        add_lines(drawing, points, step);
        add_points(drawing, points, step);
      },
      points.front().name, points.back().name, view("insight.board.chart_note"_t));
}

std::vector<HeatClass> heat_classes(std::span<const std::optional<std::int64_t>> counts) {
  std::vector<std::int64_t> known;
  for (const auto& each : counts)
    if (each) known.push_back(*each);
  std::ranges::sort(known);
  std::vector<HeatClass> classes;
  const std::size_t wanted = heat_colours.size() - 1;
  for (std::size_t i = 0, begin = 0; i < wanted && begin < known.size(); ++i) {
    std::size_t end = std::max(begin + 1, (i + 1) * known.size() / wanted);
    while (end < known.size() && known[end] == known[end - 1]) ++end;
    classes.push_back({known[begin], known[end - 1]});
    begin = end;
  }
  return classes;
}

Fragment week_chart(const html::View& view,
                    std::span<const std::optional<std::int64_t>> counts,
                    std::string_view label) {
  const std::vector<HeatClass> classes = heat_classes(counts);
  if (classes.empty()) return {};
  return html::fill(
      R"(<figure class="map"><svg viewBox="0 0 192 70" role="img" aria-label="{}">{}</svg>)"
      R"(<ul class="legend">{}</ul></figure>)",
      label,
      [&](Fragment& cells) {
        // One shape for each colour: a page of a week of cells would be heavy.
        std::array<std::string, heat_colours.size()> shapes;
        for (std::size_t i = 0; i < counts.size(); ++i)
          shapes[counts[i] ? class_of_heat(*counts[i], classes) : 0] +=
              "M" + std::to_string(static_cast<std::int64_t>(i % 8) * cell_width) + " " +
              std::to_string(static_cast<std::int64_t>(i / 8) * cell_height) + "h23v9h-23z";
        for (std::size_t colour = 0; colour < shapes.size(); ++colour)
          if (!shapes[colour].empty())
            cells.add(R"(<path class="{}" d="{}"/>)", heat_colours[colour], shapes[colour]);
      },
      [&](Fragment& legend) {
        const auto add = [&](std::string_view colour, const std::string& words) {
          legend.add(R"(<li><svg viewBox="0 0 10 10" aria-hidden="true" focusable="false">)"
                     R"(<rect class="{}" width="10" height="10"/></svg>{}</li>)",
                     colour, words);
        };
        for (std::size_t i = 0; i < classes.size(); ++i)
          add(heat_colours[i + 1],
              classes[i].from == classes[i].to
                  ? view.voice.number(classes[i].from)
                  : view.voice.number(classes[i].from) + "–" + view.voice.number(classes[i].to));
        if (std::ranges::any_of(counts, [](const auto& each) { return !each; }))
          add(heat_colours[0], std::string(view("insight.board.withheld"_t)));
      });
}

}  // namespace ln::insight
