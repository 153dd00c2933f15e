#include "engine/stats/stats_index.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

namespace ln {

using stats::Asked;
using stats::ScoreSums;

TEST_CASE("Student's point is that of the tables") {
  // R: qt(0.975, df)
  CHECK(stats::student_point_95(1) == doctest::Approx(12.7062047).epsilon(1e-6));
  CHECK(stats::student_point_95(7) == doctest::Approx(2.3646243).epsilon(1e-6));
  CHECK(stats::student_point_95(30) == doctest::Approx(2.0422725).epsilon(1e-6));
  CHECK(stats::student_point_95(10'000) == doctest::Approx(1.9602012).epsilon(1e-6));
}

TEST_CASE("an index of people asked one by one has the interval of the textbook, a little wider") {
  // 0.2 0.4 0.6 0.8, ten times each: s² = 2/39, and one more answer of which nothing is known.
  const std::vector<ScoreSums> all = {{40, 20, 12}};
  const auto index = stats::index_of(all, Asked::one_by_one);
  CHECK(index.count == 40);
  CHECK(index.mean == 0.5);
  const double reach = 2.0226909 * std::sqrt(2.0 / 39 / 40 + 0.25 / 41 / 41);
  CHECK(index.interval.low == doctest::Approx(0.5 - reach).epsilon(1e-5));
  CHECK(index.interval.high == doctest::Approx(0.5 + reach).epsilon(1e-5));
}

TEST_CASE("clusters that agree among themselves widen an index, and one cluster tells nothing") {
  const std::vector<ScoreSums> apart = {{50, 50, 50}, {50, 25, 12.5}, {50, 40, 32}, {50, 30, 18}};
  const auto clusters = stats::index_of(apart, Asked::in_clusters);
  const auto people = stats::index_of(apart, Asked::one_by_one);
  CHECK(clusters.mean == people.mean);
  CHECK(clusters.interval.high - clusters.interval.low >
        3 * (people.interval.high - people.interval.low));
  // Cochran 3.12 by hand: k = 4, p = 0.725, M = 200.
  const double apart_by = (13.75 * 13.75 + 11.25 * 11.25 + 3.75 * 3.75 + 6.25 * 6.25) * 4 / 3;
  const double reach = 3.1824463 * std::sqrt(apart_by / 200 / 200 + 0.25 / 201 / 201);
  CHECK(clusters.interval.low == doctest::Approx(0.725 - reach).epsilon(1e-5));
  const auto one = stats::index_of(std::vector<ScoreSums>{{50, 40, 32}}, Asked::in_clusters);
  CHECK(one.interval.low == 0);
  CHECK(one.interval.high == 1);
}

TEST_CASE("answers that all agree do not prove that everybody would") {
  const auto index = stats::index_of(std::vector<ScoreSums>{{5, 5, 5}}, Asked::one_by_one);
  CHECK(index.mean == 1);
  CHECK(index.interval.low < 0.8);
  CHECK(index.interval.high == 1);
  CHECK(stats::index_of({}, Asked::one_by_one).interval.high == 1);
}

}  // namespace ln
