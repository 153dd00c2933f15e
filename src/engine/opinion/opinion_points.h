// Where each person stands on the map.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/opinion/opinion_axes.h"

namespace ln::opinion {

// So many votes place a person on the map (engines.md A, point 3); all of them, where there are
// fewer statements.
inline constexpr std::size_t votes_to_place = 7;
std::size_t votes_needed(std::size_t statements);

// In 65,536ths. Points are rounded to whole numbers before anything is done with them, so that sums
// of them are the same in any order.
struct Point {
  std::int32_t x = 0, y = 0;
  friend auto operator<=>(const Point&, const Point&) = default;
};
inline constexpr double point_unit = 65'536;

// Places people by their votes: √(statements / votes) · Σ (vote − mean) · axis over what they voted
// on (engines.md A, point 6), so that few votes do not draw a person to the middle.
class Placer {
 public:
  explicit Placer(const Axes& axes);
  std::size_t votes_needed() const { return needed_; }
  // Precondition: row is not empty.
  Point place(std::span<const Vote> row) const;

 private:
  struct Step {
    double x, y;
  };
  std::vector<Step> steps_;  // four for each statement: what each vote adds
  double statements_;
  std::size_t needed_;
};

// All people on one spot of the map. Spots are a grid of a power of two, 1/128 to 1/64 of the root
// mean square of the points (1 at least), so that ten million people stand on some ten thousand.
struct Spot {
  std::int32_t x = 0, y = 0;  // in steps of the grid
  std::uint32_t people = 0;
};

struct Ground {
  std::vector<Point> points;  // of each person, in their order; `nowhere` with too few votes
  std::uint64_t placed = 0;
  unsigned shift = 0;       // a step of the grid is 2^shift units of a point
  std::vector<Spot> spots;  // in the order of x, then y
};
inline constexpr Point nowhere{INT32_MIN, INT32_MIN};

Spot spot_of(Point point, unsigned shift);
Ground ground_of(const Votes& votes, const Placer& placer, const Workers& workers);

}  // namespace ln::opinion
