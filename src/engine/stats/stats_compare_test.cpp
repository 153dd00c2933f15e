#include "engine/stats/stats_compare.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <vector>

#include "base/random.h"
#include "engine/stats/stats_math.h"

namespace ln {
namespace {

using stats::Interval;
using stats::MeanEstimate;
using stats::Share;

double uniform(Random& random) { return static_cast<double>(random.next() >> 11) * 0x1.0p-53; }

std::int64_t draw(Random& random, std::int64_t whole, double share) {
  std::int64_t out = 0;
  for (std::int64_t i = 0; i < whole; ++i) out += uniform(random) < share ? 1 : 0;
  return out;
}

bool overlap(const Interval& a, const Interval& b) { return a.low <= b.high && b.low <= a.high; }

}  // namespace

TEST_CASE("the batters of Efron and Morris are drawn to their published averages") {
  // Scientific American 236 (1977), 119–127: 18 players after 45 at-bats, shrinking factor 0.212.
  const int hits[] = {18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7};
  const int published[] = {294, 289, 285, 280, 275, 275, 270, 266, 261,
                           261, 256, 256, 256, 256, 256, 251, 247, 242};
  double sum = 0;
  for (const int each : hits) sum += each / 45.0 / 18;
  std::vector<MeanEstimate> players;
  for (const int each : hits) players.push_back({each / 45.0, std::sqrt(sum * (1 - sum) / 45)});
  const auto pool = stats::pooled_means(players);
  for (std::size_t i = 0; i < players.size(); ++i)
    CHECK(std::abs(pool.units[i].estimate * 1000 - published[i]) < 1.01);
  CHECK((pool.units[0].estimate - pool.mean) / (players[0].mean - pool.mean) ==
        doctest::Approx(0.212).epsilon(0.005));
}

TEST_CASE("eight schools that do not differ get one mean") {
  // Gelman et al., Bayesian Data Analysis, 5.5: the pooled estimate is 7.7, its error 4.1.
  const auto pool = stats::pooled_means(std::vector<MeanEstimate>{
      {28, 15}, {8, 10}, {-3, 16}, {7, 11}, {-1, 9}, {1, 11}, {18, 10}, {12, 18}});
  CHECK(pool.spread == 0);
  CHECK(pool.mean == 7.685617);
  CHECK(pool.units[0].estimate < 28 - (28 - 7.7) * 0.7);  // B = 5/7
  CHECK(pool.units[0].low < 7.7);
}

TEST_CASE("pooled intervals of means hold the truth as often as they say") {
  SeededRandom random(61);
  int held = 0, raw = 0, all = 0;
  double pooled_miss = 0, raw_miss = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<MeanEstimate> units;
    std::vector<double> truths;
    for (int i = 0; i < 20; ++i) {
      const double error = 0.1 + 0.1 * static_cast<double>(i % 4);
      truths.push_back(4 + 0.15 * stats::normal_point(uniform(random) * 0.999998 + 1e-6));
      units.push_back(
          {truths.back() + error * stats::normal_point(uniform(random) * 0.999998 + 1e-6), error});
    }
    const auto pool = stats::pooled_means(units);
    for (std::size_t i = 0; i < units.size(); ++i) {
      ++all;
      held += pool.units[i].low <= truths[i] && truths[i] <= pool.units[i].high ? 1 : 0;
      raw += std::abs(units[i].mean - truths[i]) <= 1.96 * units[i].error ? 1 : 0;
      pooled_miss += std::pow(pool.units[i].estimate - truths[i], 2);
      raw_miss += std::pow(units[i].mean - truths[i], 2);
    }
  }
  CHECK(held * 1000 / all >= 940);
  CHECK(held * 1000 / all <= 970);
  CHECK(raw * 1000 / all >= 940);
  CHECK(pooled_miss < raw_miss * 0.5);  // And they are closer to it.
}

TEST_CASE("pooled intervals of shares hold the truth as often as they say") {
  SeededRandom random(62);
  int held = 0, all = 0;
  for (int round = 0; round < 60; ++round) {
    std::vector<Share> units;
    std::vector<double> truths;
    for (int i = 0; i < 40; ++i) {
      truths.push_back(stats::beta_point(uniform(random) * 0.999998 + 1e-6, 14, 6));
      const std::int64_t whole = 5 + static_cast<std::int64_t>(random.below(80));
      units.push_back({draw(random, whole, truths.back()), whole});
    }
    const auto pooled = stats::posteriors(units);
    for (std::size_t i = 0; i < units.size(); ++i) {
      ++all;
      held += pooled[i].interval.low <= truths[i] && truths[i] <= pooled[i].interval.high ? 1 : 0;
      CHECK(pooled[i].interval.low <= pooled[i].estimate);
      CHECK(pooled[i].estimate <= pooled[i].interval.high);
    }
  }
  CHECK(held * 1000 / all >= 930);
  CHECK(held * 1000 / all <= 970);
}

TEST_CASE("two units whose intervals overlap are never in different bands") {
  CHECK(rc::check("bands", [] {
    std::vector<Interval> intervals;
    const auto count = *rc::gen::inRange<std::size_t>(1, 40);
    for (std::size_t i = 0; i < count; ++i) {
      const int low = *rc::gen::inRange(0, 300);
      intervals.push_back({low / 300.0, (low + *rc::gen::inRange(0, 30)) / 300.0});
    }
    const auto places = stats::places_of(intervals);
    for (std::size_t a = 0; a < count; ++a) {
      std::size_t above = 0, below = 0;
      for (std::size_t b = 0; b < count; ++b) {
        if (overlap(intervals[a], intervals[b])) RC_ASSERT(places[a].band == places[b].band);
        if (places[a].band < places[b].band) RC_ASSERT(intervals[a].low > intervals[b].high);
        above += intervals[b].low > intervals[a].high ? 1 : 0;
        below += intervals[b].high < intervals[a].low ? 1 : 0;
      }
      RC_ASSERT(places[a].best == above + 1);
      RC_ASSERT(places[a].worst == count - below);
    }
    // As many bands as can be: between two neighbouring bands there is a gap, within one is none.
    std::vector<std::size_t> order(count);
    for (std::size_t i = 0; i < count; ++i) order[i] = i;
    std::sort(order.begin(), order.end(),
              [&](auto a, auto b) { return intervals[a].high > intervals[b].high; });
    double low = intervals[order[0]].low;
    std::size_t band = 1;
    for (const std::size_t i : order) {
      if (intervals[i].high < low) ++band;
      RC_ASSERT(places[i].band == band);
      low = std::min(low, intervals[i].low);
    }
  }));
}

TEST_CASE("a chain of overlaps is one band, and its ends keep their places") {
  const auto places = stats::places_of(
      std::vector<Interval>{{0.9, 1}, {0.1, 0.3}, {0.25, 0.5}, {0.5, 0.6}, {0.0, 0.05}});
  CHECK(places[0].band == 1);
  CHECK(places[1].band == 2);
  CHECK(places[2].band == 2);
  CHECK(places[3].band == 2);  // Touching is overlapping.
  CHECK(places[4].band == 3);
  CHECK(places[3].best == 2);
  CHECK(places[3].worst == 3);
  CHECK(places[1].best == 3);
  CHECK(places[1].worst == 4);
}

TEST_CASE("in at most one survey of twenty is any unit's place wrong") {
  SeededRandom random(63);
  int wrong = 0, narrow = 0;
  constexpr int rounds = 120;
  for (int round = 0; round < rounds; ++round) {
    std::vector<Share> units;
    std::vector<double> truths;
    for (int i = 0; i < 30; ++i) {
      // Two kinds of ward, which no beta distribution describes.
      truths.push_back(i < 20 ? 0.85 + 0.001 * i : 0.45 + 0.001 * i);
      units.push_back({draw(random, 150, truths.back()), 150});
    }
    const auto places = stats::places_of(units);
    bool is_wrong = false;
    for (std::size_t i = 0; i < units.size(); ++i) {
      const auto better = static_cast<std::size_t>(std::count_if(
          truths.begin(), truths.end(), [&](double truth) { return truth > truths[i]; }));
      is_wrong = is_wrong || better + 1 < places[i].best || better + 1 > places[i].worst;
      narrow += places[i].worst - places[i].best < 29 ? 1 : 0;
    }
    wrong += is_wrong ? 1 : 0;
  }
  CHECK(wrong <= rounds / 20);
  CHECK(narrow > rounds * 30 * 9 / 10);  // And they say something.
}

TEST_CASE("a ward with five ratings is in nobody's way") {
  std::vector<Share> units = {{5, 5}, {0, 0}};
  for (int i = 0; i < 20; ++i) units.push_back({280 + i, 400});
  const auto pooled = stats::posteriors(units);
  CHECK(pooled[0].estimate < 0.76);
  CHECK(pooled[1].interval.low < pooled[0].interval.high);
  for (const auto& place : stats::places_of(units)) {
    CHECK(place.band == 1);
    CHECK(place.best == 1);
    CHECK(place.worst == units.size());
  }
  CHECK(stats::places_of(std::vector<Share>{}).empty());
  CHECK(stats::places_of(std::vector<Share>{{0, 9}})[0].worst == 1);
}

TEST_CASE("the same units in another order get the same values") {
  SeededRandom random(64);
  std::vector<Share> units;
  std::vector<MeanEstimate> means;
  for (int i = 0; i < 200; ++i) {
    const auto whole = static_cast<std::int64_t>(random.below(300));
    units.push_back({draw(random, whole, 0.5 + 0.4 * uniform(random)), whole});
    means.push_back({3 + uniform(random), 0.05 + uniform(random)});
  }
  auto turned = units;
  auto turned_means = means;
  std::reverse(turned.begin(), turned.end());
  std::reverse(turned_means.begin(), turned_means.end());
  const auto one = stats::posteriors(units);
  const auto other = stats::posteriors(turned);
  const auto mean = stats::pooled_means(means);
  const auto other_mean = stats::pooled_means(turned_means);
  for (std::size_t i = 0; i < units.size(); ++i) {
    CHECK(one[i].interval.low == other[units.size() - 1 - i].interval.low);
    CHECK(mean.units[i].low == other_mean.units[units.size() - 1 - i].low);
  }
}

TEST_CASE("the ordinary pool is not taught by the odd ones") {
  SeededRandom random(65);
  std::vector<Share> honest;
  for (int i = 0; i < 300; ++i) {
    const double own = stats::beta_point(0.001 + 0.998 * uniform(random), 3, 27);
    honest.push_back({draw(random, 80, own), 80});
  }
  const auto clean = stats::ordinary_pool(honest);
  CHECK(clean.share == doctest::Approx(0.1).epsilon(0.1));
  CHECK(clean.weight == doctest::Approx(30).epsilon(0.35));
  auto mixed = honest;
  for (int i = 0; i < 20; ++i) mixed.push_back({60, 80});
  const auto robust = stats::ordinary_pool(mixed);
  CHECK(robust.weight > clean.weight * 0.8);
  CHECK(stats::pool_of(mixed).weight < clean.weight * 0.5);
  CHECK(stats::share_at_least({60, 80}, robust) < 1e-6);
  CHECK(stats::share_at_least({0, 80}, robust) == 1);
  CHECK(stats::ordinary_pool(std::vector<Share>{{1, 2}}).share == 0.5);
}

}  // namespace ln
