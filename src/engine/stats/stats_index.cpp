#include "engine/stats/stats_index.h"

#include <algorithm>
#include <cmath>

#include "engine/stats/stats_math.h"

namespace ln::stats {
namespace {

Interval interval_around(double mean, double variance, std::int64_t count, double degrees) {
  const double unknown = 0.5 / static_cast<double>(count + 1);
  const double reach = student_point_95(degrees) * std::sqrt(variance + unknown * unknown);
  return {six(std::max(0.0, mean - reach)), six(std::min(1.0, mean + reach))};
}

}  // namespace

double student_point_95(double degrees) {
  // P(|T| > t) = I_x(v/2, 1/2) with x = v / (v + t²) (NIST DLMF 8.17; Abramowitz & Stegun 26.5.27).
  const double x = beta_point(0.05, degrees / 2, 0.5);
  return std::sqrt(degrees * (1 - x) / x);
}

Index index_of(std::span<const ScoreSums> clusters, Asked asked) {
  Index index;
  double sum = 0, squares = 0, filled = 0;
  for (const ScoreSums& each : clusters) {
    index.count += each.count;
    sum += each.sum;
    squares += each.squares;
    filled += each.count > 0 ? 1 : 0;
  }
  if (index.count == 0) return index;
  const auto n = static_cast<double>(index.count);
  const double mean = sum / n;
  index.mean = six(mean);
  if (asked == Asked::one_by_one) {
    if (index.count < 2) return index;
    const double variance = std::max(0.0, squares - n * mean * mean) / (n - 1) / n;
    index.interval = interval_around(mean, variance, index.count, n - 1);
    return index;
  }
  if (filled < 2) return index;
  double apart = 0;
  for (const ScoreSums& each : clusters) {
    const double off = each.sum - mean * static_cast<double>(each.count);
    apart += off * off;
  }
  index.interval =
      interval_around(mean, filled / (filled - 1) * apart / (n * n), index.count, filled - 1);
  return index;
}

}  // namespace ln::stats
