#include "engine/stats/stats_trend.h"

#include <doctest/doctest.h>

#include <vector>

#include "base/random.h"
#include "engine/stats/stats_math.h"

namespace ln {
namespace {

using stats::Share;
using stats::Trend;

double uniform(Random& random) { return static_cast<double>(random.next() >> 11) * 0x1.0p-53; }

std::int64_t draw(Random& random, std::int64_t whole, double share) {
  std::int64_t out = 0;
  for (std::int64_t i = 0; i < whole; ++i) out += uniform(random) < share ? 1 : 0;
  return out;
}

}  // namespace

TEST_CASE("the difference of two shares has the interval of Newcombe's table") {
  // Statistics in Medicine 17 (1998), 873–890, table II, method 10.
  const auto check = [](Share later, Share earlier, double low, double high) {
    const auto interval = stats::difference_of(later, earlier).interval;
    CHECK(std::abs(interval.low - low) < 0.00006);
    CHECK(std::abs(interval.high - high) < 0.00006);
  };
  check({56, 70}, {48, 80}, 0.0524, 0.3339);
  check({9, 10}, {3, 10}, 0.1705, 0.8090);
  check({6, 7}, {2, 7}, 0.0582, 0.8062);
  check({5, 56}, {0, 29}, -0.0381, 0.1926);
  check({0, 10}, {0, 20}, -0.1611, 0.2775);
  check({0, 10}, {0, 10}, -0.2775, 0.2775);
  check({10, 10}, {0, 20}, 0.6791, 1.0000);
  check({10, 10}, {0, 10}, 0.6075, 1.0000);
  CHECK(stats::difference_of({56, 70}, {48, 80}).is_shown());
  CHECK_FALSE(stats::difference_of({5, 56}, {0, 29}).is_shown());
  CHECK_FALSE(stats::difference_of({5, 5}, {0, 0}).is_shown());
  CHECK(stats::difference_of({48, 80}, {56, 70}).difference == -0.2);
}

TEST_CASE("a trend is said only where the order of the periods proves it") {
  const auto rising = stats::trend_of(std::vector<double>{1, 2, 3, 4, 5});
  CHECK(rising.trend == Trend::rising);
  CHECK(rising.score == 10);
  CHECK(rising.p_value == 0.016667);  // 2 of 120 orders.
  CHECK(rising.slope == 1);
  CHECK(stats::trend_of(std::vector<double>{5, 4, 3, 2, 1}).trend == Trend::falling);
  CHECK(stats::trend_of(std::vector<double>{1, 2, 3, 4}).trend == Trend::too_short);
  CHECK(stats::trend_of(std::vector<double>{7, 7, 7, 7, 7, 7}).trend == Trend::steady);
  CHECK(stats::trend_of(std::vector<double>{1, 3, 2, 4, 3, 1, 2}).trend == Trend::steady);
  // A period without answers keeps its place in time: two steps from 0.4 to 0.6.
  const auto gap = stats::trend_of(
      std::vector<Share>{{2, 10}, {3, 10}, {4, 10}, {0, 0}, {6, 10}, {7, 10}, {8, 10}});
  CHECK(gap.trend == Trend::rising);
  CHECK(gap.slope == 0.1);
  CHECK(gap.slope_interval.low == 0.1);
}

TEST_CASE("a false trend or break comes in at most one series of twenty") {
  SeededRandom random(71);
  constexpr int rounds = 2000;
  int trends = 0, breaks = 0, uneasy_breaks = 0;
  for (int round = 0; round < rounds; ++round) {
    std::vector<Share> calm(12), uneasy(12);
    for (Share& each : calm) each = {draw(random, 60, 0.8), 60};
    // Each month has a share of its own, from 0.7 to 0.9: more than chance.
    for (Share& each : uneasy) each = {draw(random, 60, 0.7 + 0.2 * uniform(random)), 60};
    const auto trend = stats::trend_of(calm).trend;
    trends += trend == Trend::rising || trend == Trend::falling ? 1 : 0;
    breaks += stats::change_point(calm) ? 1 : 0;
    uneasy_breaks += stats::change_point(uneasy) ? 1 : 0;
  }
  MESSAGE("of ", rounds, ": trends ", trends, ", breaks ", breaks, ", uneasy ", uneasy_breaks);
  CHECK(trends <= rounds / 20);
  CHECK(breaks <= rounds / 20);
  CHECK(uneasy_breaks <= rounds / 20);
  CHECK(trends > rounds / 50);  // And the tests are not asleep.
}

TEST_CASE("a break of fifteen points is found where it is") {
  SeededRandom random(72);
  int found = 0, right = 0, trend = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<Share> periods(12);
    for (std::size_t i = 0; i < 12; ++i) periods[i] = {draw(random, 150, i < 7 ? 0.8 : 0.65), 150};
    periods[3] = {0, 0};
    const auto change = stats::change_point(periods);
    found += change ? 1 : 0;
    right += change && change->first_after >= 6 && change->first_after <= 8 ? 1 : 0;
    trend += stats::trend_of(periods).trend == Trend::falling ? 1 : 0;
    if (change) CHECK(change->before.whole + change->after.whole == 11 * 150);
  }
  CHECK(found >= 290);
  CHECK(right >= 250);
  CHECK(trend >= 200);
  CHECK_FALSE(stats::change_point(std::vector<Share>{{0, 9}, {0, 9}, {0, 9}, {9, 9}, {9, 9}}));
  CHECK(stats::change_point(std::vector<Share>(12, {0, 50})) == std::nullopt);
}

}  // namespace ln
