// The mean of scores between 0 and 1 with what it is worth, for people who were asked one by one
// or in clusters.
//
// As in stats.h: sums in, results rounded to six decimals, intervals of 95 %.
#pragma once

#include <cstdint>
#include <span>

#include "engine/stats/stats.h"

namespace ln::stats {

// The scores of one cluster: how many, their sum, and the sum of their squares.
struct ScoreSums {
  std::int64_t count = 0;
  double sum = 0, squares = 0;
};
enum class Asked : std::uint8_t { one_by_one, in_clusters };

struct Index {
  std::int64_t count = 0;
  double mean = 0;             // 0 of nobody
  Interval interval = {0, 1};  // nothing known: the whole range
};
// One by one: v = s²/n, with n - 1 degrees of freedom. In clusters: the ratio estimator
// v = k/(k-1) · sum (y - p·m)² / M² of k clusters with k - 1 degrees of freedom (W. G. Cochran,
// Sampling Techniques, 3rd ed. 1977, sections 2.4 and 3.12, without the finite population
// correction). The interval is p ± t·sqrt(v + 1/(4(n+1)²)), held to [0, 1]: the last term is one
// more answer of which nothing is known, so that five answers that agree do not prove that
// everybody would. Fewer than two answers, or clusters, tell nothing: the whole range.
// Precondition: counts >= 0, every score between 0 and 1.
Index index_of(std::span<const ScoreSums> clusters, Asked asked);

// Student's distribution: the point with 97.5 % below it. Precondition: degrees > 0.
double student_point_95(double degrees);

}  // namespace ln::stats
