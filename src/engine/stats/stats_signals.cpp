#include "engine/stats/stats_signals.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "base/check.h"
#include "engine/stats/stats_compare.h"
#include "engine/stats/stats_math.h"

namespace ln::stats {
namespace {

constexpr std::size_t even_days_min = 10;
constexpr double even_mean_min = 2;

double raw_ratio(Share share) {
  CHECK(share.part >= 0 && share.part <= share.whole);
  if (share.whole == 0) return 0;
  return static_cast<double>(share.part) / static_cast<double>(share.whole);
}

Signal judged(Signal out, double p_value, bool matters) {
  out.is_raised = matters && p_value <= out.level_max;
  out.p_value = six(p_value);
  return out;
}

}  // namespace

double scan_at_least(std::int64_t most, std::int64_t count, double window) {
  CHECK(most >= 0 && count >= 0 && window > 0);
  if (most <= 1) return count >= most ? 1 : 0;
  if (most > count) return 0;
  if (window >= 1) return 1;
  const double above = binomial_at_least(most + 1, count, window);
  const double exactly = binomial_at_least(most, count, window) - above;
  const double out =
      (static_cast<double>(most) / window - static_cast<double>(count) - 1) * exactly + 2 * above;
  // The formula is for the tail; where the window holds its fair share, nothing is surprising.
  if (static_cast<double>(most) <= static_cast<double>(count) * window + 1) return 1;
  return std::clamp(out, 0.0, 1.0);
}

Signal burst_of(std::span<const std::int64_t> times,
                std::int64_t open_minutes,
                const BurstRule& rule) {
  CHECK(rule.window >= 1 && rule.peak >= 1 && open_minutes >= 1);
  std::vector<std::int64_t> sorted(times.begin(), times.end());
  std::sort(sorted.begin(), sorted.end());
  CHECK(sorted.empty() || (sorted.front() >= 0 && sorted.back() < open_minutes));
  std::int64_t most = 0;
  for (std::size_t first = 0, last = 0; last < sorted.size(); ++last) {
    while (sorted[last] - sorted[first] >= rule.window) ++first;
    most = std::max(most, static_cast<std::int64_t>(last - first + 1));
  }
  const auto count = static_cast<std::int64_t>(sorted.size());
  const double window =
      static_cast<double>(rule.window) * rule.peak / static_cast<double>(open_minutes);
  const Signal out = {.kind = SignalKind::burst,
                      .observed = static_cast<double>(most),
                      .expected = six(std::min(1.0, window) * static_cast<double>(count)),
                      .size_min = static_cast<double>(rule.size_min),
                      .level_max = rule.level_max};
  return judged(out, scan_at_least(most, count, window), most >= rule.size_min);
}

Signal share_signal(SignalKind kind, Share unit, const Pool& pool, const ShareRule& rule) {
  const double share = raw_ratio(unit);
  const Signal out = {.kind = kind,
                      .observed = six(share),
                      .expected = six(pool.share),
                      .size_min = six(pool.share + rule.excess_min),
                      .level_max = rule.level_max};
  const bool matters = unit.part >= rule.part_min && share >= pool.share + rule.excess_min;
  return judged(out, share_at_least(unit, pool), matters);
}

Signal even_counts_of(std::span<const std::int64_t> counts, const EvenRule& rule) {
  Signal out = {.kind = SignalKind::even_counts,
                .expected = 1,
                .size_min = rule.dispersion_max,
                .level_max = rule.level_max};
  double sum = 0;
  for (const std::int64_t count : counts) {
    CHECK(count >= 0);
    sum += static_cast<double>(count);
  }
  if (counts.size() < even_days_min) return out;
  const auto days = static_cast<double>(counts.size());
  const double mean = sum / days;
  if (mean < even_mean_min) return out;
  double apart = 0;
  for (const std::int64_t count : counts) {
    const double each = static_cast<double>(count) - mean;
    apart += each * each;
  }
  const double dispersion = apart / mean / (days - 1);
  out.observed = six(dispersion);
  return judged(out, 1 - chi_square_above(apart / mean, days - 1),
                dispersion <= rule.dispersion_max);
}

Signal digits_of(std::span<const std::int64_t> numbers, const DigitRule& rule) {
  std::array<double, 10> digits{};
  double count = 0;
  for (const std::int64_t number : numbers) {
    CHECK(number >= 0);
    if (number < 100) continue;
    digits[static_cast<std::size_t>(number % 10)] += 1;
    count += 1;
  }
  Signal out = {.kind = SignalKind::odd_digits,
                .expected = 9,
                .size_min = static_cast<double>(rule.numbers_min),
                .level_max = rule.level_max};
  if (count == 0) return out;
  double x2 = 0;
  for (const double digit : digits) {
    const double apart = digit - count / 10;
    x2 += apart * apart / (count / 10);
  }
  out.observed = six(x2);
  const double above = chi_square_above(x2, 9);
  return judged(out, std::min(1.0, 2 * std::min(above, 1 - above)),
                count >= static_cast<double>(rule.numbers_min));
}

Signal pair_signal(SignalKind kind, Share good, Share bad, const PairRule& rule) {
  const double first = raw_ratio(good);
  const double second = raw_ratio(bad);
  const Signal out = {.kind = kind,
                      .observed = six(first),
                      .expected = six(second),
                      .size_min = six(second + rule.excess_min),
                      .level_max = rule.level_max};
  if (good.whole == 0 || bad.whole == 0) return out;
  const double p = hypergeometric_at_least(
      good.part,
      {.all = good.whole + bad.whole, .marked = good.part + bad.part, .drawn = good.whole});
  return judged(out, p, first >= second + rule.excess_min);
}

}  // namespace ln::stats
