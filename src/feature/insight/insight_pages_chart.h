// Drawings of shares over time and of a week, by the server, each for use beside its table.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/stats/stats.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::insight {

// A share of one period; null: not told, and a gap in the line.
struct ChartPoint {
  std::string name{};  // of the period
  std::optional<stats::Share> share{};
};
// Points from 0 to 100 % with their intervals as whiskers; `label` says what is drawn and where the
// numbers stand. Nothing when no point is told.
html::Fragment share_chart(const html::View& view,
                           std::span<const ChartPoint> points,
                           std::string_view label);

// A week as a table of colours, seven rows of eight; null: not told. The legend gives the numbers.
html::Fragment week_chart(const html::View& view,
                          std::span<const std::optional<std::int64_t>> counts,
                          std::string_view label);

// From the least of a class to its most, for the four colours of the week; classes without a count
// are left out. Pure.
struct HeatClass {
  std::int64_t from = 0, to = 0;
};
std::vector<HeatClass> heat_classes(std::span<const std::optional<std::int64_t>> counts);

}  // namespace ln::insight
