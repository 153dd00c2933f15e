// Which people stand together: k-means on the spots of the map.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/opinion/opinion_points.h"

namespace ln::opinion {

inline constexpr std::size_t groups_max = 5;
inline constexpr std::uint64_t group_people_min = 5;  // stats::privacy_floor

// In steps of the grid.
struct Centre {
  double x = 0, y = 0;
};

struct Grouping {
  std::vector<Centre> centres;       // the largest group first; ties by x, then y
  std::vector<std::uint64_t> sizes;  // people
  double silhouette = 0;             // of all people; 0 with one group
};

// The nearest centre, the first of them in a tie. Precondition: there is one.
std::size_t nearest(std::span<const Centre> centres, const Spot& spot);

// The grouping into k groups. Starts are the spots farthest from those chosen already (the first:
// from the middle of all), ties to the first spot; then Lloyd's steps until nobody changes groups
// (at most 200). Fewer groups come back when there are fewer spots.
Grouping grouping_of(std::span<const Spot> spots, std::size_t k);

// How well people fit their groups (Rousseeuw, J. Comput. Appl. Math. 20, 1987, 53–65), with
// squared distance as the dissimilarity: the mean over a group's members is then the squared
// distance to its centre plus its variance, so the silhouette is exact without looking at pairs.
double silhouette_of(std::span<const Spot> spots, std::span<const Centre> centres);

// Of 2 to 5 groups the number with the largest silhouette (rounded to six digits; in a tie the
// smaller number) among those whose groups all have group_people_min people; one group when there
// is none.
Grouping best_grouping(std::span<const Spot> spots);

}  // namespace ln::opinion
