// Figures: bars drawn by the server as SVG, each beside its numbers, and the tables that hold them.
// No inline style anywhere: widths are attributes of SVG.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::html {

// A share as a bar. Values are parts of 1 and are held to [0, 1].
enum class BarTone : std::uint8_t { normal, low, bad };
struct BarParts {
  double share = 0;
  std::optional<double> low = {}, high = {};  // its confidence interval
  BarTone tone = BarTone::normal;
};
Fragment bar(const BarParts& parts);

// An estimate on a scale, with the interval it may lie in: 4,1 of 1 to 5, between 4,0 and 4,2.
struct IntervalParts {
  double value = 0, low = 0, high = 0;
  double scale_from = 1, scale_to = 5;
};
Fragment interval_bar(const IntervalParts& parts);
// The same in words: "4,1 (4,0–4,2)".
Fragment interval_text(const View& view, const IntervalParts& parts, int digits = 1);

// How answers fall into classes, as a table with bars: label, bar, share, count.
struct DistributionRow {
  std::string_view label;
  std::int64_t count = 0;
};
struct DistributionParts {
  std::string_view caption = {};
  std::string_view class_heading = {};  // heading of the first column
  std::string_view count_heading = {};  // heading of the count
  std::span<const DistributionRow> rows = {};
};
Fragment distribution(const View& view, const DistributionParts& parts);

// Large figures in a row. `key` lets the module refresh the figure (data-k).
struct Stat {
  std::string_view value;
  std::string_view label;
  std::string_view key = {};
  std::string_view interval = {};  // "(4,0–4,2)"
};
Fragment stats(std::span<const Stat> all);

struct Column {
  std::string_view heading;
  bool is_number = false;  // set to the right
};
struct TableParts {
  std::string_view caption = {};
  std::span<const Column> columns = {};
  Fragment rows = {};                // of row() and the cells below
  std::string_view more_class = {};  // "tbl--figs", "queue"
};
// A table that turns into cards on small screens, where each cell shows its heading.
Fragment table(const TableParts& parts);

// Cells; `column` gives heading and alignment.
void add_head_cell(Fragment& row, const Fragment& content);
void add_cell(Fragment& row, const Column& column, const Fragment& content);
void add_cell(Fragment& row, const Column& column, std::string_view text);

}  // namespace ln::html
