// The map as the Polis software draws it, for comparison only (engines.md A, points 1 to 13; the
// mathematics is described there, the code is ours). A cold start: nothing is remembered from an
// earlier map.
//
// It depends on the order of people in the file, because its clusters start from the first of them;
// that is its known weakness, and why it is not what we publish. Two things are done better than
// described, so that two runs agree: the axes are computed to the end instead of by at most 100
// steps from a random start, and never from random parts of the people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/opinion/opinion.h"
#include "engine/opinion/opinion_findings.h"

namespace ln::opinion::polis {

inline constexpr std::size_t base_clusters_max = 100;
inline constexpr std::size_t people_at_least = 15;
inline constexpr double significant = 1.2816;  // z, one-sided, 90 %

// (successes, trials) against one half, one added: 2·√(n + 1)·((s + 1)/(n + 1) − 1/2).
double one_share_z(std::int64_t successes, std::int64_t trials);
// Two shares against each other, one added to all four numbers.
double two_shares_z(stats::Share left, stats::Share right);

// How one group stands to one statement (point 10).
struct Stand {
  std::size_t statement = 0;
  std::int64_t agrees = 0, disagrees = 0, votes = 0;
  double agree_share = 0, disagree_share = 0;  // (n + 1) / (votes + 2)
  double agree_z = 0, disagree_z = 0;
  double agree_ratio = 0, disagree_ratio = 0;  // to the share of the other groups
  double agree_ratio_z = 0, disagree_ratio_z = 0;

  bool is_significant() const;
  Said side() const { return agree_ratio_z > disagree_ratio_z ? Said::agree : Said::disagree; }
  double metric() const;  // ratio · its z · share · its z, of that side
};
Stand stand_of(std::size_t statement, const Count& group, const Count& others);
// At most five, agrees first.
std::vector<Stand> representative(const std::vector<Stand>& stands);

// What most say, whatever their group (point 11): at most five of each, the surest first.
struct Consensus {
  std::vector<std::size_t> agree, disagree;
};
Consensus consensus_of(const std::vector<Count>& everybody);

// k-means as described: starts given, ties to the last centre, clusters without members dropped.
struct Weighted {
  double x = 0, y = 0, weight = 1;
};
struct Clusters {
  std::vector<Centre> centres;
  std::vector<std::size_t> of;  // of each point
};
std::vector<Centre> first_distinct(std::span<const Weighted> points, std::size_t count);
Clusters k_means(std::span<const Weighted> points, std::vector<Centre> starts, int steps);
// The mean over the points, not weighted; alone in a cluster counts 0.
double silhouette_of(std::span<const Weighted> points, const Clusters& clusters);

struct PolisMap {
  Axes axes;
  std::size_t placed = 0;
  std::size_t base_clusters = 0;
  std::vector<std::uint64_t> sizes;  // of the groups, in the order in which they arise
  std::vector<std::uint8_t> group;   // of each person, in the order of `votes`, or no_group
  std::vector<Count> everybody;      // of each statement, whoever voted
  std::vector<std::vector<Count>> by_group;
  std::vector<double> priority;  // of each statement
};

// `rejected` statements count as a pass of everybody (point 2). Precondition: in rising order.
PolisMap map_of(const Votes& votes,
                std::span<const std::size_t> rejected = {},
                const Workers& workers = alone());

}  // namespace ln::opinion::polis
