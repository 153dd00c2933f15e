#include "engine/stats/stats.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"

namespace ln::stats {
namespace {

constexpr double z = 1.959963984540054;  // The normal distribution's 97.5 % point.

double settled(double value) { return std::round(value * 1e6) / 1e6; }

bool is_valid(Share share) { return share.part >= 0 && share.part <= share.whole; }

// Wilson's formula on counts that need not be whole.
Interval wilson_of(double part, double whole) {
  if (whole <= 0) return {0, 1};
  const double p = part / whole;
  const double z2 = z * z;
  const double centre = p + z2 / (2 * whole);
  const double half = z * std::sqrt(p * (1 - p) / whole + z2 / (4 * whole * whole));
  const double scale = 1 + z2 / whole;
  // At the ends the exact bound is 0 or 1, which rounding could miss.
  const double low = part <= 0 ? 0 : (centre - half) / scale;
  const double high = part >= whole ? 1 : (centre + half) / scale;
  return {settled(std::clamp(low, 0.0, 1.0)), settled(std::clamp(high, 0.0, 1.0))};
}

}  // namespace

double ratio(Share share) {
  CHECK(is_valid(share));
  if (share.whole == 0) return 0;
  return settled(static_cast<double>(share.part) / static_cast<double>(share.whole));
}

std::int64_t tenths_of_percent(Share share) {
  CHECK(is_valid(share));
  if (share.whole == 0) return 0;
  return (share.part * 2000 + share.whole) / (2 * share.whole);
}

Interval wilson(Share share, double design_effect) {
  CHECK(is_valid(share) && design_effect >= 1);
  return wilson_of(static_cast<double>(share.part) / design_effect,
                   static_cast<double>(share.whole) / design_effect);
}

std::int64_t Ratings::count() const {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

RatingMoments moments_of(const Ratings& ratings) {
  const auto count = static_cast<double>(ratings.count());
  constexpr double prior = 0.5;
  const double weight = count + prior * 5;
  double raw = 0;
  double mean = 0;
  double square = 0;
  for (std::size_t i = 0; i < ratings.counts.size(); ++i) {
    CHECK(ratings.counts[i] >= 0);
    const double score = static_cast<double>(i) + 1;
    const double people = static_cast<double>(ratings.counts[i]);
    raw += score * people;
    mean += score * (people + prior) / weight;
    square += score * score * (people + prior) / weight;
  }
  return {count > 0 ? raw / count : 3, mean, (square - mean * mean) / (weight + 1)};
}

Mean mean_of(const Ratings& ratings) {
  Mean out{.count = ratings.count()};
  if (out.count == 0) return out;
  const RatingMoments moments = moments_of(ratings);
  out.mean = settled(moments.plain);
  const double half = z * std::sqrt(moments.variance);
  out.interval = {settled(std::clamp(moments.mean - half, 1.0, out.mean)),
                  settled(std::clamp(moments.mean + half, out.mean, 5.0))};
  return out;
}

Share late_share(const Lateness& lateness) {
  return {lateness.open_late + lateness.done_late, lateness.received + lateness.carried_over};
}

Pool pool_of(const std::vector<Share>& units) {
  double part = 0;
  double whole = 0;
  double squares = 0;
  int count = 0;
  for (const Share& unit : units) {
    CHECK(is_valid(unit));
    const auto n = static_cast<double>(unit.whole);
    part += static_cast<double>(unit.part);
    whole += n;
    squares += n * n;
    count += unit.whole > 0 ? 1 : 0;
  }
  if (count == 0) return {};
  const double p = part / whole;
  // Until the units show that they differ, each is a sample of the city: the pool then weighs as
  // much as all answers together, never more.
  Pool out{.share = settled(p), .weight = whole};
  const double room = whole - squares / whole - (count - 1);
  if (p <= 0 || p >= 1 || room <= 0) return out;
  double spread = 0;
  for (const Share& unit : units) {
    if (unit.whole == 0) continue;
    const auto n = static_cast<double>(unit.whole);
    const double apart = static_cast<double>(unit.part) / n - p;
    spread += n * apart * apart;
  }
  // E[spread] = p(1-p)·((k-1)(1-rho) + rho·(N - sum n²/N)), solved for rho.
  const double rho = (spread / (p * (1 - p)) - (count - 1)) / room;
  if (rho > 0) out.weight = settled(std::clamp(1 / rho - 1, 0.0, whole));
  return out;
}

Pooled pooled(Share unit, const Pool& pool) {
  CHECK(is_valid(unit));
  const double part = static_cast<double>(unit.part) + pool.share * pool.weight;
  const double whole = static_cast<double>(unit.whole) + pool.weight;
  if (whole <= 0) return {};
  return {settled(part / whole), wilson_of(part, whole)};
}

Band band_of(Share unit, const Pool& pool, std::int64_t floor) {
  if (unit.whole < floor) return Band::too_few;
  const Interval interval = pooled(unit, pool).interval;
  if (interval.low > pool.share) return Band::clearly_above;
  if (interval.high < pool.share) return Band::clearly_below;
  return Band::around;
}

std::vector<Band> bands_of(const std::vector<Share>& units, std::int64_t floor) {
  const Pool pool = pool_of(units);
  std::vector<Band> out;
  out.reserve(units.size());
  for (const Share& unit : units) out.push_back(band_of(unit, pool, floor));
  return out;
}

}  // namespace ln::stats
