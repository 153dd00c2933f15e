#include "engine/stats/stats_trend.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/check.h"
#include "engine/stats/stats_math.h"

namespace ln::stats {
namespace {

constexpr std::size_t values_min = 5;
constexpr std::size_t exact_max = 40;
constexpr std::size_t break_periods_min = 6;
constexpr double trend_level = 0.05;

// P(|score| >= s) when every order is as likely as any other: permutations by their inversions
// (Kendall's recursion). A score is pairs - 2·inversions.
double exact_two_sided(std::size_t count, std::int64_t score) {
  std::vector<double> ways = {1};
  for (std::size_t n = 2; n <= count; ++n) {
    std::vector<double> next(ways.size() + n - 1);
    for (std::size_t i = 0; i < ways.size(); ++i)
      for (std::size_t j = 0; j < n; ++j) next[i + j] += ways[i] / static_cast<double>(n);
    ways = std::move(next);
  }
  const auto pairs = static_cast<std::int64_t>(ways.size()) - 1;
  double out = 0;
  for (std::int64_t i = 0; i <= pairs; ++i)
    if (std::abs(pairs - 2 * i) >= std::abs(score)) out += ways[static_cast<std::size_t>(i)];
  return std::min(out, 1.0);
}

// The variance of the score: n(n-1)(2n+5)/18, less what each group of t equal values takes away.
double score_variance(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto part = [](double n) { return n * (n - 1) * (2 * n + 5) / 18; };
  double out = part(static_cast<double>(values.size()));
  for (std::size_t i = 0; i < values.size();) {
    std::size_t end = i;
    while (end < values.size() && values[end] == values[i]) ++end;
    out -= part(static_cast<double>(end - i));
    i = end;
  }
  return out;
}

double median_of(const std::vector<double>& sorted) {
  const std::size_t middle = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

TrendTest trend_at(const std::vector<double>& times, const std::vector<double>& values) {
  CHECK(values.size() <= 10'000);
  TrendTest out;
  if (values.size() < values_min) return out;
  std::vector<double> slopes;
  slopes.reserve(values.size() * (values.size() - 1) / 2);
  for (std::size_t i = 0; i < values.size(); ++i) {
    CHECK(std::isfinite(values[i]));
    for (std::size_t j = i + 1; j < values.size(); ++j) {
      out.score += (values[j] > values[i]) - (values[j] < values[i]);
      slopes.push_back((values[j] - values[i]) / (times[j] - times[i]));
    }
  }
  std::sort(slopes.begin(), slopes.end());
  out.slope = six(median_of(slopes));
  const double variance = score_variance(values);
  const auto places = static_cast<double>(slopes.size());
  const double half = z95 * std::sqrt(variance);
  // Sen's interval: the slopes at (N ∓ C)/2, counted from 1, the upper one a place further.
  const double lower = std::max(1.0, std::floor((places - half) / 2));
  const double upper = std::min(places, std::ceil((places + half) / 2 + 1));
  out.slope_interval = {six(slopes[static_cast<std::size_t>(lower) - 1]),
                        six(slopes[static_cast<std::size_t>(upper) - 1])};
  std::vector<double> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  const bool has_ties = std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end();
  double p = 1;
  if (!has_ties && values.size() <= exact_max) {
    p = exact_two_sided(values.size(), out.score);
  } else if (out.score != 0) {
    const double distance = static_cast<double>(std::abs(out.score)) - 1;
    p = 2 * normal_below(-distance / std::sqrt(variance));
  }
  out.p_value = six(std::min(p, 1.0));
  out.trend = p >= trend_level ? Trend::steady : out.score > 0 ? Trend::rising : Trend::falling;
  return out;
}

// The part of the log-likelihood of a binomial that its share makes.
double likelihood(Share share) {
  const auto part = static_cast<double>(share.part);
  const auto whole = static_cast<double>(share.whole);
  const double rest = whole - part;
  return (part > 0 ? part * std::log(part / whole) : 0) +
         (rest > 0 ? rest * std::log(rest / whole) : 0);
}

// Pearson's X² of periods around their common share.
double unrest(std::span<const Share> periods, Share all) {
  const double p = static_cast<double>(all.part) / static_cast<double>(all.whole);
  if (all.part == 0 || all.part == all.whole) return 0;
  double out = 0;
  for (const Share& each : periods) {
    const auto whole = static_cast<double>(each.whole);
    const double apart = static_cast<double>(each.part) - p * whole;
    out += apart * apart / (whole * p * (1 - p));
  }
  return out;
}

Share sum_of(std::span<const Share> periods) {
  Share out;
  for (const Share& each : periods) {
    out.part += each.part;
    out.whole += each.whole;
  }
  return out;
}

}  // namespace

TrendTest trend_of(std::span<const double> values) {
  std::vector<double> times(values.size());
  for (std::size_t i = 0; i < times.size(); ++i) times[i] = static_cast<double>(i);
  return trend_at(times, {values.begin(), values.end()});
}

TrendTest trend_of(std::span<const Share> periods) {
  std::vector<double> times;
  std::vector<double> values;
  for (std::size_t i = 0; i < periods.size(); ++i) {
    const Share& each = periods[i];
    CHECK(each.part >= 0 && each.part <= each.whole);
    if (each.whole == 0) continue;
    times.push_back(static_cast<double>(i));
    values.push_back(static_cast<double>(each.part) / static_cast<double>(each.whole));
  }
  return trend_at(times, values);
}

std::optional<ChangePoint> change_point(std::span<const Share> periods) {
  std::vector<Share> asked;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < periods.size(); ++i) {
    CHECK(periods[i].part >= 0 && periods[i].part <= periods[i].whole);
    if (periods[i].whole == 0) continue;
    asked.push_back(periods[i]);
    places.push_back(i);
  }
  if (asked.size() < break_periods_min) return std::nullopt;
  const Share all = sum_of(asked);
  const auto degrees = static_cast<double>(asked.size() - 2);
  const std::span<const Share> series = asked;
  ChangePoint out;
  double smallest = 1;
  for (std::size_t i = 1; i < asked.size(); ++i) {
    const Share before = sum_of(series.first(i));
    const Share after = sum_of(series.subspan(i));
    const double g2 = std::max(0.0, 2 * (likelihood(before) + likelihood(after) - likelihood(all)));
    const double x2 = unrest(series.first(i), before) + unrest(series.subspan(i), after);
    const double f = g2 / std::max(1.0, x2 / degrees);
    // P(F(1, d) >= f) = I_{d/(d+f)}(d/2, 1/2) (DLMF 8.17.2 and the ratio of two chi-squares).
    const double p = beta_below(degrees / (degrees + f), degrees / 2, 0.5);
    if (p >= smallest) continue;
    smallest = p;
    out = {places[i], before, after, 1};
  }
  const double p = std::min(1.0, smallest * static_cast<double>(asked.size() - 1));
  if (p >= trend_level) return std::nullopt;
  out.p_value = six(p);
  return out;
}

Difference difference_of(Share later, Share earlier) {
  CHECK(later.part >= 0 && later.part <= later.whole);
  CHECK(earlier.part >= 0 && earlier.part <= earlier.whole);
  Difference out;
  if (later.whole == 0 || earlier.whole == 0) return out;
  // With the unrounded bounds: the last digit of the published ones would be off by one.
  struct Side {
    double share, low, high;
  };
  const auto side_of = [](Share share) -> Side {
    const auto n = static_cast<double>(share.whole);
    const double p = static_cast<double>(share.part) / n;
    const double z2 = z95 * z95;
    const double half = z95 * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    const double centre = p + z2 / (2 * n);
    const double scale = 1 + z2 / n;
    return {p, share.part == 0 ? 0 : (centre - half) / scale,
            share.part == share.whole ? 1 : (centre + half) / scale};
  };
  const Side one = side_of(later);
  const Side two = side_of(earlier);
  const double apart = one.share - two.share;
  out.difference = six(apart);
  out.interval = {six(apart - std::hypot(one.share - one.low, two.high - two.share)),
                  six(apart + std::hypot(one.high - one.share, two.share - two.low))};
  return out;
}

}  // namespace ln::stats
