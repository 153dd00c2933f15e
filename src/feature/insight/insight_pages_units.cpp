#include "feature/insight/insight_pages_units.h"

#include <algorithm>
#include <array>
#include <utility>

#include "feature/insight/insight_pages_address.h"
#include "platform/html/charts.h"
#include "platform/html/parts.h"

namespace ln::insight {
namespace {

TextKey name_of(stats::Band band) {
  switch (band) {
    case stats::Band::clearly_above: return "insight.band.clearly_above"_t;
    case stats::Band::around: return "insight.band.around"_t;
    case stats::Band::clearly_below: return "insight.band.clearly_below"_t;
    case stats::Band::too_few: return "insight.band.too_few"_t;
  }
  return {};
}

html::BarTone tone_of(stats::Band band) {
  if (band == stats::Band::clearly_below) return html::BarTone::bad;
  return html::BarTone::normal;
}

// The rows of one band, in alphabetical order; when there are too many, those about whom most is
// known, which says nothing about how good they are.
std::vector<const UnitCounts*> rows_of(const Figures& figures,
                                       stats::Band band,
                                       std::size_t per_band) {
  std::vector<const UnitCounts*> rows;
  for (const UnitCounts& each : figures.units)
    if (each.band == band) rows.push_back(&each);
  if (per_band == 0 || rows.size() <= per_band) return rows;
  std::vector<const UnitCounts*> known = rows;
  std::stable_sort(known.begin(), known.end(), [](const UnitCounts* a, const UnitCounts* b) {
    return a->counts.on_time_share().whole > b->counts.on_time_share().whole;
  });
  known.resize(per_band);
  std::erase_if(rows, [&](const UnitCounts* each) {
    return std::find(known.begin(), known.end(), each) == known.end();
  });
  return rows;
}

void add_unit(html::Fragment& out,
              const html::View& view,
              const UnitCounts& each,
              std::span<const html::Column> columns) {
  const stats::Share share = each.counts.on_time_share();
  const bool is_known = share.whole >= stats::privacy_floor;
  const stats::Interval interval = stats::wilson(share);
  html::Fragment name, on_time;
  name.add(R"(<a href="{}">{}</a>)", html::Url::in(view, "/units/", each.unit.code),
           each.unit.name);
  const About about{.unit = each.unit.code};
  if (is_known) {
    on_time.add(R"(<span class="cellbar">{}{}</span> <span class="ci num">{}</span>)",
                linked_value(view, "on_time", each.counts, about),
                html::bar({.share = stats::ratio(share),
                           .low = interval.low,
                           .high = interval.high,
                           .tone = tone_of(each.band)}),
                share_interval_text(view.voice, interval, 0));
  } else {
    on_time.add(R"(<span class="withheld">{}</span>)", view("insight.units.too_few"_t));
  }
  html::Fragment row;
  html::add_head_cell(row, name);
  html::add_cell(row, columns[1], on_time);
  html::add_cell(row, columns[2], is_known ? view.voice.number(share.whole) : std::string("–"));
  html::add_cell(row, columns[3], linked_figure(view, "rating", each.counts, about));
  html::add_cell(row, columns[4], linked_value(view, "overdue", each.counts, about));
  out.add("<tr>{}</tr>", row);
}

using Columns = std::array<html::Column, 5>;
Columns columns_of(const html::View& view) {
  return {{{view("insight.units.unit"_t)},
           {view("insight.units.on_time"_t)},
           {view("insight.units.cases"_t), true},
           {view("insight.units.rating"_t)},
           {view("insight.units.overdue"_t), true}}};
}

html::Fragment table_of(const html::View& view, const Columns& columns, html::Fragment rows) {
  if (rows.empty()) return html::nothing_here(view("insight.units.nothing"_t));
  return html::table({.caption = view("insight.units.caption"_t),
                      .columns = columns,
                      .rows = std::move(rows),
                      .more_class = "tbl--figs"});
}

// Those of whom nothing can be told yet, by name only.
void add_names(html::Fragment& out,
               const html::View& view,
               const std::vector<const UnitCounts*>& all) {
  out.add(R"(<tr><td colspan="5"><ul class="chips">{}</ul></td></tr>)", [&](html::Fragment& list) {
    for (const UnitCounts* each : all)
      list.add(R"(<li><a href="{}">{}</a></li>)", html::Url::in(view, "/units/", each->unit.code),
               each->unit.name);
  });
}

}  // namespace

html::Fragment band_table(const html::View& view, const Figures& figures, std::size_t per_band) {
  const Columns columns = columns_of(view);
  html::Fragment rows;
  for (const stats::Band band : {stats::Band::clearly_above, stats::Band::around,
                                 stats::Band::clearly_below, stats::Band::too_few}) {
    if (band == stats::Band::too_few && per_band != 0) continue;
    const auto all = rows_of(figures, band, per_band);
    if (all.empty()) continue;
    rows.add(R"(<tr><th scope="rowgroup" colspan="5" class="bandhead">{}</th></tr>)",
             view(name_of(band)));
    if (band == stats::Band::too_few)
      add_names(rows, view, all);
    else
      for (const UnitCounts* each : all) add_unit(rows, view, *each, columns);
  }
  return table_of(view, columns, std::move(rows));
}

html::Fragment unit_table(const html::View& view,
                          const Figures& figures,
                          std::size_t first,
                          std::size_t count) {
  const Columns columns = columns_of(view);
  html::Fragment rows;
  for (std::size_t i = first; i < std::min(first + count, figures.units.size()); ++i)
    add_unit(rows, view, figures.units[i], columns);
  return table_of(view, columns, std::move(rows));
}

}  // namespace ln::insight
