#include "engine/stats/stats_emerging.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/random.h"
#include "engine/stats/stats_math.h"

namespace ln {
namespace {

using stats::Counted;

double uniform(Random& random) { return static_cast<double>(random.next() >> 11) * 0x1.0p-53; }

// Poisson's count whose mean is itself drawn, so that variance / mean is `dispersion`.
std::int64_t count(Random& random, double mean, double dispersion) {
  if (dispersion > 1) {
    // A gamma variate as a sum of `whole` exponential ones: the shape is rounded, the mean is kept.
    const double shape = std::max(1.0, std::round(mean / (dispersion - 1)));
    double sum = 0;
    for (int i = 0; i < static_cast<int>(shape); ++i) sum -= std::log(1 - uniform(random));
    mean *= sum / shape;
  }
  std::int64_t out = 0;
  for (double left = mean + std::log(1 - uniform(random)); left > 0; ++out)
    left += std::log(1 - uniform(random));
  return out;
}

// 200 cells with 26 weeks of past; most are rare, as subjects in wards are.
std::vector<Counted> week(Random& random, double dispersion) {
  std::vector<Counted> out(200);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double mean = i % 4 == 0 ? 12 : i % 4 == 1 ? 4 : i % 4 == 2 ? 1 : 0.2;
    for (int past = 0; past < 26; ++past) out[i].past.push_back(count(random, mean, dispersion));
    out[i].now = count(random, mean, dispersion);
  }
  return out;
}

}  // namespace

TEST_CASE("a week without news raises an alarm at most one time in twenty") {
  SeededRandom random(81);
  constexpr int weeks = 200;
  for (const double dispersion : {1.0, 1.5, 2.5}) {
    int alarms = 0;
    for (int i = 0; i < weeks; ++i) {
      const auto found = stats::emerging_of(week(random, dispersion));
      alarms += std::any_of(found.begin(), found.end(),
                            [](const auto& each) { return each.is_emerging; });
    }
    MESSAGE("dispersion ", dispersion, ": ", alarms, " of ", weeks, " quiet weeks");
    CHECK(alarms <= weeks / 20);
  }
}

TEST_CASE("a subject that comes four times as often is found, and few others with it") {
  SeededRandom random(82);
  int found = 0, missed = 0, chance = 0;
  for (int i = 0; i < 60; ++i) {
    auto cells = week(random, 1.5);
    for (std::size_t at = 0; at < 5; ++at)
      cells[at * 4].now = count(random, 48, 1.5);  // Where 12 are usual.
    const auto out = stats::emerging_of(cells);
    for (std::size_t at = 0; at < cells.size(); ++at) {
      const bool is_new = at % 4 == 0 && at < 20;
      found += is_new && out[at].is_emerging ? 1 : 0;
      missed += is_new && !out[at].is_emerging ? 1 : 0;
      chance += !is_new && out[at].is_emerging ? 1 : 0;
    }
  }
  MESSAGE("found ", found, ", missed ", missed, ", by chance ", chance);
  CHECK(found >= 270);
  CHECK(chance <= (found + chance) / 20 + 3);
}

TEST_CASE("an alarm shows what was usual") {
  std::vector<Counted> cells = {{{4, 5, 6, 5, 4, 6, 5, 5}, 30},
                                {{4, 5, 6, 5, 4, 6, 5, 5}, 6},
                                {{0, 0, 0, 0, 0, 0, 0, 0}, 4},
                                {{1, 2}, 90},
                                {{}, 90}};
  const auto out = stats::emerging_of(cells);
  CHECK(out[0].is_emerging);
  CHECK(out[0].expected == 5.0625);  // (40 + 1/2) / 8
  CHECK(out[0].usual_max == 11);
  // R: pnbinom(c(5, 11), size = 5.0625 * 8, mu = 5.0625, lower.tail = FALSE)
  CHECK_FALSE(out[1].is_emerging);
  CHECK(out[1].p_value == 0.394177);
  CHECK_FALSE(out[2].is_emerging);  // Under the floor it is not published, so not called.
  CHECK_FALSE(out[3].is_emerging);  // Too little past.
  CHECK_FALSE(out[4].is_emerging);
  CHECK(stats::emerging_of({}).empty());
  // In another order of cells the same values.
  std::reverse(cells.begin(), cells.end());
  CHECK(stats::emerging_of(cells)[4].adjusted == out[0].adjusted);
}

}  // namespace ln
