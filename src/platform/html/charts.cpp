#include "platform/html/charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace ln::html {
namespace {

double held(double share) { return std::isfinite(share) ? std::clamp(share, 0.0, 1.0) : 0.0; }

// A length on a drawing 100 wide: "87.3", always with a point.
std::string length(double share) { return fmt::format("{:.4g}", std::round(share * 1000) / 10); }

std::optional<std::string_view> class_of(BarTone tone) {
  switch (tone) {
    case BarTone::normal: return std::nullopt;
    case BarTone::low: return "low";
    case BarTone::bad: return "bad";
  }
  return std::nullopt;
}

}  // namespace

Fragment bar(const BarParts& parts) {
  const auto interval = [&](Fragment& out) {
    if (!parts.low || !parts.high) return;
    const double low = held(*parts.low), high = std::max(low, held(*parts.high));
    out.add(R"(<rect class="ci" x="{}" y="2" width="{}" height="2"/>)", length(low),
            length(high - low));
  };
  return fill(
      R"(<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" )"
      R"(focusable="false"><rect class="{}" width="{}" height="6"/>{}</svg>)",
      class_of(parts.tone), length(held(parts.share)), interval);
}

Fragment interval_bar(const IntervalParts& parts) {
  const double span = parts.scale_to - parts.scale_from;
  const auto on_scale = [&](double value) { return held((value - parts.scale_from) / span); };
  const double low = on_scale(parts.low), high = std::max(low, on_scale(parts.high));
  // The point is 2 wide and stays inside the drawing at both ends.
  const double at = std::clamp(on_scale(parts.value) - 0.01, 0.0, 0.98);
  return fill(R"(<svg class="bar iv" viewBox="0 0 100 6" preserveAspectRatio="none" )"
              R"(aria-hidden="true" focusable="false"><rect class="range" x="{}" y="1" width="{}" )"
              R"(height="4"/><rect class="pt" x="{}" width="2" height="6"/></svg>)",
              length(low), length(high - low), length(at));
}

Fragment interval_text(const View& view, const IntervalParts& parts, int digits) {
  const std::string low = view.voice.decimal(parts.low, digits);
  const std::string high = view.voice.decimal(parts.high, digits);
  return fill(R"(<span><b class="num">{}</b> <span class="ci">{}</span></span>)",
              view.voice.decimal(parts.value, digits),
              view.voice("site.confidence"_t, {{"low", low}, {"high", high}}));
}

Fragment distribution(const View& view, const DistributionParts& parts) {
  std::int64_t total = 0;
  for (const DistributionRow& row : parts.rows) total += row.count;
  const Column columns[] = {
      {parts.class_heading}, {view("site.share"_t)}, {parts.count_heading, true}};
  Fragment rows;
  for (const DistributionRow& row : parts.rows) {
    const double share =
        total == 0 ? 0 : static_cast<double>(row.count) / static_cast<double>(total);
    rows.add("<tr>{}</tr>\n", [&](Fragment& out) {
      add_head_cell(out, fill("{}", row.label));
      add_cell(out, columns[1],
               fill(R"(<span class="cellbar"><span class="num">{}</span>{}</span>)",
                    total == 0 ? "–" : view.voice.percent(share, 0), bar({.share = share})));
      add_cell(out, columns[2], view.voice.number(row.count));
    });
  }
  return table({.caption = parts.caption, .columns = columns, .rows = std::move(rows)});
}

Fragment stats(std::span<const Stat> all) {
  return fill(R"(<dl class="stats">{}</dl>)", [&](Fragment& out) {
    for (const Stat& stat : all) {
      const std::optional<std::string_view> key =
          stat.key.empty() ? std::nullopt : std::optional(stat.key);
      out.add(
          R"(<div><dt>{}{}</dt><dd><span data-k="{}">{}</span></dd></div>)", stat.label,
          [&](Fragment& more) {
            if (!stat.interval.empty()) more.add(R"( <span class="num">{}</span>)", stat.interval);
          },
          key, stat.value);
    }
  });
}

Fragment table(const TableParts& parts) {
  std::string css_class = "tbl tbl--stack";
  if (!parts.more_class.empty()) (css_class += ' ') += parts.more_class;
  return fill(
      R"(<table class="{}">{}<thead><tr>{}</tr></thead>
<tbody>
{}</tbody></table>)",
      css_class,
      [&](Fragment& out) {
        if (!parts.caption.empty()) out.add("<caption>{}</caption>", parts.caption);
      },
      [&](Fragment& head) {
        for (const Column& column : parts.columns) {
          const std::optional<std::string_view> right =
              column.is_number ? std::optional<std::string_view>("r") : std::nullopt;
          head.add(R"(<th scope="col" class="{}">{}</th>)", right, column.heading);
        }
      },
      parts.rows);
}

void add_head_cell(Fragment& row, const Fragment& content) {
  row.add(R"(<th scope="row">{}</th>)", content);
}

void add_cell(Fragment& row, const Column& column, const Fragment& content) {
  const std::optional<std::string_view> css_class =
      column.is_number ? std::optional<std::string_view>("r num") : std::nullopt;
  row.add(R"(<td data-l="{}" class="{}">{}</td>)", column.heading, css_class, content);
}

void add_cell(Fragment& row, const Column& column, std::string_view text) {
  add_cell(row, column, fill("{}", text));
}

}  // namespace ln::html
