// The opinion map: who stands together, computed from votes so that everybody who has the votes
// gets the same map to the last digit, in whatever order they lie and on however many threads
// (engines.md A).
//
// The recipe, without a seed: whole-number tables over all votes → means and two axes → a point for
// everybody with at least seven votes (all, where there are fewer statements) → spots → two to five
// groups by k-means, as many as fit best. Each step says in its header what it does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/opinion/opinion_axes.h"
#include "engine/opinion/opinion_groups.h"
#include "engine/opinion/opinion_points.h"
#include "engine/opinion/opinion_tables.h"
#include "engine/opinion/opinion_votes.h"

namespace ln::opinion {

// Whoever has too few votes stands in no group.
inline constexpr std::uint8_t no_group = 0xFF;

struct Map {
  std::uint64_t people = 0;  // who voted on anything
  std::uint64_t placed = 0;  // who voted often enough to stand on the map
  std::uint64_t votes = 0;
  Axes axes;
  unsigned shift = 0;               // of the grid the groups were made on
  Grouping grouping;                // groups in the order in which they are named
  std::vector<Point> points;        // of each person, in the order of `votes`, or `nowhere`
  std::vector<std::uint8_t> group;  // likewise, or no_group

  // Where anybody with these votes would stand, and with whom; no_group with too few votes.
  std::uint8_t group_of(const Placer& placer, std::span<const Vote> row) const;
};

// All of it from the votes.
Map map_of(const Votes& votes, const Workers& workers = alone());
// The same from tables that were kept, as after one vote more. Precondition: they are the votes'.
Map map_of(const Votes& votes, const Tables& tables, const Workers& workers);

}  // namespace ln::opinion
