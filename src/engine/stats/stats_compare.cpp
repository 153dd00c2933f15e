#include "engine/stats/stats_compare.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/check.h"
#include "engine/stats/stats_math.h"

namespace ln::stats {
namespace {

// Prior counts of yes and no.
struct Prior {
  double yes = 0;
  double no = 0;
};

Prior prior_of(const Pool& pool) {
  Prior out = {pool.share * pool.weight, (1 - pool.share) * pool.weight};
  if (out.yes <= 0 || out.no <= 0) {
    out.yes += 0.5;
    out.no += 0.5;
  }
  return out;
}

// sum (y - μ)² / (V + A) with the μ that belongs to A.
struct Fit {
  double mean = 0;
  double distance = 0;
};
Fit fit_at(std::span<const MeanEstimate> units, double spread2) {
  double weights = 0;
  double sum = 0;
  for (const MeanEstimate& each : units) {
    const double weight = 1 / (each.error * each.error + spread2);
    weights += weight;
    sum += weight * each.mean;
  }
  Fit out{.mean = sum / weights};
  for (const MeanEstimate& each : units) {
    const double apart = each.mean - out.mean;
    out.distance += apart * apart / (each.error * each.error + spread2);
  }
  return out;
}

// The distance falls as A grows, so halving finds where it is k - 1.
double paule_mandel(std::span<const MeanEstimate> units) {
  const auto target = static_cast<double>(units.size() - 1);
  if (fit_at(units, 0).distance <= target) return 0;
  double high = 1e-6;
  while (fit_at(units, high).distance > target) high *= 2;
  double low = 0;
  for (int step = 0; step < 200 && high - low > high * 1e-14; ++step) {
    const double middle = (low + high) / 2;
    (fit_at(units, middle).distance > target ? low : high) = middle;
  }
  return (low + high) / 2;
}

// Sums must not depend on the order in which units come, to the last bit.
template <typename T, typename Less>
std::vector<T> in_order(std::span<const T> units, Less less) {
  std::vector<T> out(units.begin(), units.end());
  std::sort(out.begin(), out.end(), less);
  return out;
}

constexpr double odd_tail = 0.0005;

std::vector<Share> by_share(std::span<const Share> units) {
  return in_order(units, [](const Share& a, const Share& b) {
    const auto left = static_cast<double>(a.part) * static_cast<double>(b.whole);
    const auto right = static_cast<double>(b.part) * static_cast<double>(a.whole);
    return left != right ? left < right : a.whole < b.whole;
  });
}

}  // namespace

Pooled posterior(Share unit, const Pool& pool, double level) {
  CHECK(unit.part >= 0 && unit.part <= unit.whole && level > 0 && level < 1);
  const Prior prior = prior_of(pool);
  const double a = prior.yes + static_cast<double>(unit.part);
  const double b = prior.no + static_cast<double>(unit.whole - unit.part);
  const double tail = (1 - level) / 2;
  return {six(a / (a + b)), {six(beta_point(tail, a, b)), six(1 - beta_point(tail, b, a))}};
}

std::vector<Pooled> posteriors(std::span<const Share> units, double level) {
  const Pool pool = pool_of(by_share(units));
  std::vector<Pooled> out;
  out.reserve(units.size());
  for (const Share& unit : units) out.push_back(posterior(unit, pool, level));
  return out;
}

Pool ordinary_pool(std::span<const Share> units) {
  std::vector<Share> asked = by_share(units);
  std::erase_if(asked, [](const Share& each) { return each.whole == 0; });
  if (asked.size() < 10) return pool_of(asked);
  const auto quarter = static_cast<std::ptrdiff_t>(asked.size() / 4);
  std::vector<Share> members(asked.begin() + quarter, asked.end() - quarter);
  Pool out = pool_of(members);
  for (int round = 0; round < 20; ++round) {
    std::vector<Share> next;
    for (const Share& each : asked) {
      const bool is_high = share_at_least(each, out) < odd_tail;
      const bool is_low = share_at_least({each.whole - each.part, each.whole},
                                         {.share = 1 - out.share, .weight = out.weight}) < odd_tail;
      if (!is_high && !is_low) next.push_back(each);
    }
    if (next.empty() || next.size() == members.size()) break;
    members = std::move(next);
    out = pool_of(members);
  }
  return out;
}

double share_at_least(Share unit, const Pool& pool) {
  CHECK(unit.part >= 0 && unit.part <= unit.whole);
  const Prior prior = prior_of(pool);
  return beta_binomial_at_least(unit.part, unit.whole, prior.yes, prior.no);
}

MeanEstimate estimate_of(const Ratings& ratings) {
  const RatingMoments moments = moments_of(ratings);
  return {six(moments.plain), std::max(1e-6, six(std::sqrt(moments.variance)))};
}

MeanPool pooled_means(std::span<const MeanEstimate> units, double level) {
  CHECK(level > 0 && level < 1);
  MeanPool out;
  if (units.empty()) return out;
  for (const MeanEstimate& each : units) CHECK(std::isfinite(each.mean) && each.error > 0);
  const auto sorted = in_order(units, [](const MeanEstimate& a, const MeanEstimate& b) {
    return a.mean != b.mean ? a.mean < b.mean : a.error < b.error;
  });
  const auto count = static_cast<double>(units.size());
  const double z = level == 0.95 ? z95 : -normal_point((1 - level) / 2);
  const double spread2 = units.size() > 1 ? paule_mandel(sorted) : 0;
  const double centre = fit_at(sorted, spread2).mean;
  double inverse = 0;
  for (const MeanEstimate& each : sorted) inverse += 1 / (each.error * each.error + spread2);
  // The weighted mean of V, by which Morris's v is scaled for unequal errors.
  double mean_variance = 0;
  for (const MeanEstimate& each : sorted) {
    const double variance = each.error * each.error;
    mean_variance += variance / (variance + spread2) / inverse;
  }
  out.mean = six(centre);
  out.spread = six(std::sqrt(spread2));
  for (const MeanEstimate& each : units) {
    const double variance = each.error * each.error;
    const double drawn =
        count < 4 ? 0 : (count - 3) / (count - 1) * variance / (variance + spread2);
    const double estimate = (1 - drawn) * each.mean + drawn * centre;
    // How much of the common mean's weight is this unit's own: k of it in Morris's notation is 1.
    const double own = 1 / (variance + spread2) / inverse;
    const double scale = (mean_variance + spread2) / (variance + spread2);
    const double apart = each.mean - centre;
    const double doubt = count < 4 ? 0 : 2 / (count - 3) * drawn * drawn * scale * apart * apart;
    const double half = z * std::sqrt(variance * (1 - (1 - own) * drawn) + doubt);
    out.units.push_back({six(estimate), six(estimate - half), six(estimate + half)});
  }
  return out;
}

double joint_level(std::size_t count) {
  CHECK(count >= 1);
  return std::pow(0.95, 1 / static_cast<double>(count));
}

std::vector<Place> places_of(std::span<const Interval> intervals) {
  const std::size_t count = intervals.size();
  std::vector<double> lows;
  std::vector<double> highs;
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (const Interval& each : intervals) {
    CHECK(each.low <= each.high);
    lows.push_back(each.low);
    highs.push_back(each.high);
  }
  std::sort(lows.begin(), lows.end());
  std::sort(highs.begin(), highs.end());
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return intervals[a].high > intervals[b].high;
  });
  std::vector<Place> out(count);
  std::size_t band = 0;
  double floor_of_band = std::numeric_limits<double>::infinity();
  for (const std::size_t i : order) {
    const Interval& own = intervals[i];
    if (own.high < floor_of_band) {
      ++band;
      floor_of_band = own.low;
    }
    floor_of_band = std::min(floor_of_band, own.low);
    const auto above = lows.end() - std::upper_bound(lows.begin(), lows.end(), own.high);
    const auto below = std::lower_bound(highs.begin(), highs.end(), own.low) - highs.begin();
    out[i] = {band, static_cast<std::size_t>(above) + 1, count - static_cast<std::size_t>(below)};
  }
  return out;
}

std::vector<Place> places_of(std::span<const Share> units) {
  if (units.empty()) return {};
  std::vector<Interval> intervals;
  intervals.reserve(units.size());
  for (const Pooled& each : posteriors(units, joint_level(units.size())))
    intervals.push_back(each.interval);
  return places_of(intervals);
}

}  // namespace ln::stats
