#include "engine/opinion/opinion_groups.h"

#include <doctest/doctest.h>

#include <cmath>

#include "engine/opinion/opinion_quality.h"

namespace ln::opinion {
namespace {

// Each person apart, all pairs: what the silhouette is by its definition.
double silhouette_by_pairs(const std::vector<Spot>& spots, const std::vector<Centre>& centres) {
  std::vector<Spot> people;
  for (const Spot& each : spots)
    for (std::uint32_t i = 0; i < each.people; ++i) people.push_back({each.x, each.y, 1});
  double sum = 0;
  for (const Spot& one : people) {
    const std::size_t own = nearest(centres, one);
    std::vector<double> squares(centres.size(), 0), count(centres.size(), 0);
    for (const Spot& other : people) {
      const double x = one.x - other.x, y = one.y - other.y;
      squares[nearest(centres, other)] += x * x + y * y;
      count[nearest(centres, other)] += 1;
    }
    if (count[own] < 2) continue;
    const double inside = squares[own] / (count[own] - 1);
    double outside = 1e300;
    for (std::size_t g = 0; g < centres.size(); ++g)
      if (g != own) outside = std::min(outside, squares[g] / count[g]);
    if (std::max(inside, outside) > 0) sum += (outside - inside) / std::max(inside, outside);
  }
  return sum / static_cast<double>(people.size());
}

}  // namespace

TEST_CASE("Two heaps and a few: groups by hand") {
  const std::vector<Spot> spots = {{-11, 0, 3}, {-9, 0, 3}, {10, 1, 4}, {10, -1, 4}};
  const Grouping two = grouping_of(spots, 2);
  REQUIRE(two.centres.size() == 2);
  CHECK(two.sizes == std::vector<std::uint64_t>{8, 6});
  CHECK(two.centres[0].x == 10);
  CHECK(two.centres[0].y == 0);
  CHECK(two.centres[1].x == -10);
  CHECK(best_grouping(spots).centres.size() == 2);  // Three would fit, of three and four people.
}

TEST_CASE("The silhouette without pairs is the silhouette of all pairs") {
  std::vector<Spot> spots;
  for (std::int32_t i = 0; i < 40; ++i)
    spots.push_back({static_cast<std::int32_t>(mixed(static_cast<std::uint64_t>(i)) % 100),
                     static_cast<std::int32_t>(mixed(static_cast<std::uint64_t>(i) + 99) % 100),
                     static_cast<std::uint32_t>(1 + i % 3)});
  for (std::size_t k = 2; k <= 5; ++k) {
    const Grouping grouping = grouping_of(spots, k);
    CHECK(std::abs(grouping.silhouette - silhouette_by_pairs(spots, grouping.centres)) < 1e-12);
  }
  // Somebody alone counts nothing.
  const std::vector<Spot> lonely = {{0, 0, 1}, {10, 0, 2}, {12, 0, 2}};
  const std::vector<Centre> centres = {{0, 0}, {11, 0}};
  CHECK(std::abs(silhouette_of(lonely, centres) - silhouette_by_pairs(lonely, centres)) < 1e-12);
}

TEST_CASE("A tie goes to the first centre, and all on one spot are one group") {
  const std::vector<Centre> centres = {{-1, 0}, {1, 0}};
  CHECK(nearest(centres, {0, 0, 1}) == 0);
  const Grouping one = best_grouping(std::vector<Spot>{{3, 3, 100}});
  CHECK(one.centres.size() == 1);
  CHECK(one.silhouette == 0);
  CHECK(grouping_of({}, 3).centres.empty());
}

TEST_CASE("No grouping with a group of four is taken") {
  const std::vector<Spot> spots = {{0, 0, 4}, {100, 0, 50}};
  CHECK(best_grouping(spots).centres.size() == 1);
  const std::vector<Spot> enough = {{0, 0, 5}, {100, 0, 50}};
  CHECK(best_grouping(enough).centres.size() == 2);
}

TEST_CASE("The adjusted Rand index by hand") {
  using Groups = std::vector<std::uint8_t>;
  CHECK(adjusted_rand(Groups{0, 0, 1, 1}, Groups{1, 1, 0, 0}) == 1);
  // Pairs: 2 together on the left, 2 on the right, none on both; expected 2·2/6, most 2.
  CHECK(adjusted_rand(Groups{0, 0, 1, 1}, Groups{0, 1, 0, 1}) == doctest::Approx(-0.5));
  // Hubert and Arabie's ingredients for 0,0,0,1,1,1 and 0,0,1,1,2,2: index 2, expected 6·3/15.
  CHECK(adjusted_rand(Groups{0, 0, 0, 1, 1, 1}, Groups{0, 0, 1, 1, 2, 2}) ==
        doctest::Approx((2 - 1.2) / (4.5 - 1.2)));
  CHECK(adjusted_rand(Groups{0, 0, 1, no_group}, Groups{1, 1, 0, 0}) == 1);
}

}  // namespace ln::opinion
