#include "engine/stats/stats_sample.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"

namespace ln::stats {
namespace {

double six_decimals(double value) { return std::round(value * 1e6) / 1e6; }

std::vector<Share> asked_clusters(std::span<const Share> clusters) {
  std::vector<Share> out;
  for (const Share& each : clusters) {
    CHECK(each.part >= 0 && each.part <= each.whole);
    if (each.whole > 0) out.push_back(each);
  }
  return out;
}

Share cluster_sum(std::span<const Share> clusters) {
  Share out;
  for (const Share& each : clusters) {
    out.part += each.part;
    out.whole += each.whole;
  }
  return out;
}

}  // namespace

double effective_size(std::span<const double> weights) {
  double sum = 0;
  double squares = 0;
  for (const double weight : weights) {
    CHECK(std::isfinite(weight) && weight >= 0);
    sum += weight;
    squares += weight * weight;
  }
  return squares > 0 ? six_decimals(sum * sum / squares) : 0;
}

std::optional<double> design_effect(std::span<const Share> clusters) {
  const std::vector<Share> asked = asked_clusters(clusters);
  if (asked.size() < 2) return std::nullopt;
  const Share all = cluster_sum(asked);
  const auto whole = static_cast<double>(all.whole);
  const double p = static_cast<double>(all.part) / whole;
  const auto count = static_cast<double>(asked.size());
  double apart = 0;
  double squares = 0;
  for (const Share& each : asked) {
    const auto m = static_cast<double>(each.whole);
    const double residual = static_cast<double>(each.part) - p * m;
    apart += residual * residual;
    squares += m * m;
  }
  if (all.part == 0 || all.part == all.whole) return six_decimals(squares / whole);
  const double variance = count / (count - 1) * apart / (whole * whole);
  return six_decimals(std::max(1.0, variance / (p * (1 - p) / whole)));
}

Interval cluster_wilson(std::span<const Share> clusters) {
  const std::optional<double> effect = design_effect(clusters);
  return effect ? wilson(cluster_sum(clusters), *effect) : Interval{};
}

Interval cluster_bootstrap(std::span<const Share> clusters, Random& random, int rounds) {
  CHECK(rounds >= 100 && rounds <= 100'000);
  const std::vector<Share> asked = asked_clusters(clusters);
  if (asked.size() < 2) return {};
  std::vector<double> shares;
  shares.reserve(static_cast<std::size_t>(rounds));
  for (int round = 0; round < rounds; ++round) {
    Share drawn;
    for (std::size_t i = 0; i < asked.size(); ++i) {
      const Share& each = asked[random.below(asked.size())];
      drawn.part += each.part;
      drawn.whole += each.whole;
    }
    shares.push_back(static_cast<double>(drawn.part) / static_cast<double>(drawn.whole));
  }
  std::sort(shares.begin(), shares.end());
  const std::size_t tail = shares.size() * 25 / 1000;
  return {six_decimals(shares[tail]), six_decimals(shares[shares.size() - 1 - tail])};
}

Interval silent_bounds(Share answers, std::int64_t asked) {
  CHECK(answers.part >= 0 && answers.part <= answers.whole && answers.whole <= asked);
  if (asked == 0) return {};
  return {ratio({answers.part, asked}), ratio({answers.part + asked - answers.whole, asked})};
}

Interval silent_bounds(const Ratings& ratings, std::int64_t asked) {
  const std::int64_t answered = ratings.count();
  CHECK(answered <= asked);
  if (asked == 0) return {1, 5};
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < ratings.counts.size(); ++i) {
    CHECK(ratings.counts[i] >= 0);
    sum += ratings.counts[i] * (static_cast<std::int64_t>(i) + 1);
  }
  const std::int64_t silent = asked - answered;
  const auto mean = [&](std::int64_t total) {
    return six_decimals(static_cast<double>(total) / static_cast<double>(asked));
  };
  return {mean(sum + silent), mean(sum + 5 * silent)};
}

std::int64_t hundredths_of_percent(Share share) {
  CHECK(share.part >= 0 && share.part <= share.whole && share.whole < std::int64_t{1} << 48);
  if (share.whole == 0) return 0;
  return (share.part * 20'000 + share.whole) / (2 * share.whole);
}

std::vector<std::int64_t> parts_of(std::span<const std::int64_t> counts, std::int64_t units) {
  CHECK(units >= 1 && units <= 10'000);
  std::int64_t sum = 0;
  for (const std::int64_t count : counts) {
    CHECK(count >= 0 && count < std::int64_t{1} << 48);
    sum += count;
    CHECK(sum < std::int64_t{1} << 48);
  }
  std::vector<std::int64_t> out(counts.size());
  if (sum == 0) return out;
  std::vector<std::int64_t> remainders(counts.size());
  std::int64_t left = units;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    out[i] = counts[i] * units / sum;
    remainders[i] = counts[i] * units % sum;
    left -= out[i];
  }
  std::vector<std::size_t> order(counts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  for (std::size_t i = 0; left > 0; ++i, --left) ++out[order[i]];
  return out;
}

std::optional<Period> period_for(std::int64_t week,
                                 std::int64_t month,
                                 std::int64_t quarter,
                                 std::int64_t floor) {
  CHECK(0 <= week && week <= month && month <= quarter && floor >= 1);
  if (week >= floor) return Period::week;
  if (month >= floor) return Period::month;
  if (quarter >= floor) return Period::quarter;
  return std::nullopt;
}

}  // namespace ln::stats
