#include "engine/stats/stats_sample.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <numeric>
#include <vector>

namespace ln {

using stats::Period;
using stats::Share;

TEST_CASE("150 of 302 is 49.67 %, and never the 61.31 % that was once printed") {
  CHECK(stats::hundredths_of_percent({150, 302}) == 4967);
  CHECK(stats::hundredths_of_percent({150, 302}) != 6131);
  CHECK(stats::hundredths_of_percent({1, 3}) == 3333);
  CHECK(stats::hundredths_of_percent({1, 20000}) == 1);  // Half goes up.
  CHECK(stats::hundredths_of_percent({1, 20001}) == 0);
  CHECK(stats::hundredths_of_percent({0, 0}) == 0);
}

TEST_CASE("percentages printed beside each other add up to a hundred") {
  CHECK(stats::parts_of(std::vector<std::int64_t>{1, 1, 1}, 100) ==
        std::vector<std::int64_t>{34, 33, 33});
  CHECK(stats::parts_of(std::vector<std::int64_t>{150, 152}, 10'000) ==
        std::vector<std::int64_t>{4967, 5033});
  CHECK(stats::parts_of(std::vector<std::int64_t>{0, 0}, 100) == std::vector<std::int64_t>{0, 0});
  CHECK(rc::check("parts", [] {
    const auto counts = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::int64_t>>(
        rc::gen::inRange<std::int64_t>(0, 1'000'000)));
    const auto sum = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
    RC_PRE(sum > 0);
    const auto parts = stats::parts_of(counts, 1000);
    RC_ASSERT(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == 1000);
    for (std::size_t i = 0; i < counts.size(); ++i) {
      RC_ASSERT(parts[i] * sum > counts[i] * 1000 - sum);
      RC_ASSERT(parts[i] * sum < counts[i] * 1000 + sum);
    }
  }));
}

TEST_CASE("weights and clusters make a sample worth less") {
  CHECK(stats::effective_size(std::vector<double>{1, 1, 1, 1}) == 4);
  CHECK(stats::effective_size(std::vector<double>{3, 1}) == 1.6);  // 16 / 10
  CHECK(stats::effective_size(std::vector<double>{}) == 0);
  // By hand: p = 1/2, residuals 5 and -5, v = 2 · 50/400 = 1/4, simple 1/80, so 20.
  CHECK(stats::design_effect(std::vector<Share>{{10, 10}, {0, 10}}) == 20.0);
  // Clusters all like the whole are worth a simple sample, never more.
  CHECK(stats::design_effect(std::vector<Share>{{5, 10}, {5, 10}, {5, 10}}) == 1.0);
  CHECK(stats::design_effect(std::vector<Share>{{10, 10}, {20, 20}}) == 16.666667);  // 500 / 30
  CHECK_FALSE(stats::design_effect(std::vector<Share>{{5, 10}, {0, 0}}));
  CHECK(stats::cluster_wilson(std::vector<Share>{{5, 10}}).low == 0);
  CHECK(stats::cluster_wilson(std::vector<Share>{{5, 10}}).high == 1);
  const auto halves = stats::cluster_wilson(std::vector<Share>{{10, 10}, {0, 10}});
  CHECK(halves.low == stats::wilson({10, 20}, 20).low);
}

TEST_CASE("the cluster intervals hold the truth where a simple one does not") {
  // Forty counters of twenty answers; each counter has a share of its own, 0.4 or 0.8.
  SeededRandom random(6);
  int simple = 0, wilson = 0, bootstrap = 0;
  for (int round = 0; round < 400; ++round) {
    std::vector<Share> clusters(40);
    Share all;
    for (Share& each : clusters) {
      const std::uint64_t percent = random.below(2) == 0 ? 40 : 80;
      each.whole = 20;
      for (int i = 0; i < 20; ++i) each.part += random.below(100) < percent ? 1 : 0;
      all.part += each.part;
      all.whole += each.whole;
    }
    const auto holds = [](stats::Interval interval) {
      return interval.low <= 0.6 && 0.6 <= interval.high ? 1 : 0;
    };
    simple += holds(stats::wilson(all));
    wilson += holds(stats::cluster_wilson(clusters));
    bootstrap += holds(stats::cluster_bootstrap(clusters, random, 400));
  }
  CHECK(simple < 320);  // 80 %
  CHECK(wilson >= 368);
  CHECK(wilson <= 396);
  CHECK(bootstrap >= 360);
  CHECK(bootstrap <= 396);
  SeededRandom one(1), same(1);
  const std::vector<Share> clusters = {{3, 9}, {8, 12}, {1, 7}};
  CHECK(stats::cluster_bootstrap(clusters, one).low ==
        stats::cluster_bootstrap(clusters, same).low);
}

TEST_CASE("who keeps silent could think anything") {
  const auto share = stats::silent_bounds(Share{40, 50}, 100);
  CHECK(share.low == 0.4);
  CHECK(share.high == 0.9);
  CHECK(stats::silent_bounds(Share{40, 50}, 50).low == 0.8);
  CHECK(stats::silent_bounds(Share{0, 0}, 0).high == 1);
  const auto mean = stats::silent_bounds(stats::Ratings{{0, 0, 0, 0, 5}}, 10);
  CHECK(mean.low == 3);
  CHECK(mean.high == 5);
}

TEST_CASE("a period widens until enough people are in it") {
  CHECK(stats::period_for(5, 9, 30) == Period::week);
  CHECK(stats::period_for(4, 5, 30) == Period::month);
  CHECK(stats::period_for(4, 4, 5) == Period::quarter);
  CHECK_FALSE(stats::period_for(0, 4, 4));
  CHECK(stats::period_for(5, 9, 30, stats::privacy_floor_protected) == Period::quarter);
}

}  // namespace ln
