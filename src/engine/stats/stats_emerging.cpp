#include "engine/stats/stats_emerging.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "engine/stats/stats_math.h"

namespace ln::stats {
namespace {

constexpr double pool_periods = 10;
constexpr double common_mean_min = 1;
constexpr double usual_tail = 0.01;

struct Past {
  double periods = 0;
  double mean = 0;     // With Jeffreys' half case.
  double unrest = 0;   // sum (count - mean)² / mean, over the raw mean.
  double degrees = 0;  // periods - 1; 0 where the raw mean is 0.
};

Past past_of(const Counted& cell) {
  Past out{.periods = static_cast<double>(cell.past.size())};
  double sum = 0;
  for (const std::int64_t count : cell.past) {
    CHECK(count >= 0);
    sum += static_cast<double>(count);
  }
  if (cell.past.empty()) return out;
  out.mean = (sum + 0.5) / out.periods;
  if (sum <= 0) return out;
  const double raw = sum / out.periods;
  for (const std::int64_t count : cell.past) {
    const double apart = static_cast<double>(count) - raw;
    out.unrest += apart * apart / raw;
  }
  out.degrees = out.periods - 1;
  return out;
}

// The smallest count that is exceeded with at most `tail`.
std::int64_t usual_max_of(double mean, double variance, double tail) {
  std::int64_t low = 0;
  auto high = static_cast<std::int64_t>(mean) + 1;
  while (counts_at_least(high + 1, mean, variance) > tail) high *= 2;
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    if (counts_at_least(middle + 1, mean, variance) > tail)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

}  // namespace

std::vector<Emerging> emerging_of(std::span<const Counted> cells, double rate, std::int64_t floor) {
  CHECK(rate > 0 && rate < 1 && floor >= 1);
  std::vector<Past> pasts;
  pasts.reserve(cells.size());
  std::vector<double> unrests;
  double degrees = 0;
  for (const Counted& cell : cells) {
    CHECK(cell.now >= 0);
    pasts.push_back(past_of(cell));
    if (pasts.back().mean < common_mean_min) continue;
    unrests.push_back(pasts.back().unrest);
    degrees += pasts.back().degrees;
  }
  // Added from the smallest up, so that the sum is the same in any order of cells.
  std::sort(unrests.begin(), unrests.end());
  double unrest = 0;
  for (const double each : unrests) unrest += each;
  const double common = degrees > 0 ? std::max(1.0, unrest / degrees) : 1;
  std::vector<Emerging> out(cells.size());
  std::vector<double> p_values(cells.size(), 1.0);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Past& past = pasts[i];
    if (cells[i].past.size() < emerging_past_min) continue;
    const double known_by = past.degrees + pool_periods;
    const double dispersion = std::max(
        1.0, (past.unrest + pool_periods * common) / known_by * (1 + std::sqrt(2 / known_by)));
    const double variance = dispersion * past.mean * (1 + 1 / past.periods);
    p_values[i] = counts_at_least(cells[i].now, past.mean, variance);
    out[i].expected = six(past.mean);
    out[i].usual_max = usual_max_of(past.mean, variance, usual_tail);
    out[i].p_value = six(p_values[i]);
  }
  const std::vector<double> adjusted = benjamini_hochberg(p_values);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    out[i].adjusted = six(adjusted[i]);
    out[i].is_emerging = adjusted[i] <= rate && cells[i].now >= floor;
  }
  return out;
}

}  // namespace ln::stats
