// Comparing units fairly: estimates drawn towards the city, and bands where a list of ranks would
// invent an order.
//
// As in stats.h: counts in, results rounded to six decimals, intervals of 95 % unless a level is
// given. The same units in another order get the same values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/stats/stats.h"

namespace ln::stats {

// The posterior of a unit's share when the pool is its prior: Beta(share·weight + part,
// (1 - share)·weight + whole - part) (A. Gelman et al., Bayesian Data Analysis, 3rd ed. 2013, 5.3;
// empirical Bayes as in B. Efron, C. Morris, JASA 70, 1975, 311–319). The interval cuts
// (1 - level)/2 from each tail. A pool in which everybody or nobody says yes, or which weighs
// nothing, is joined by half a yes and half a no (Jeffreys), so that no interval is a point.
// Precondition: 0 < level < 1.
Pooled posterior(Share unit, const Pool& pool, double level = 0.95);
// Each unit's, in their order, with the pool of them all.
std::vector<Pooled> posteriors(std::span<const Share> units, double level = 0.95);

// A pool learned from all units is learned from the odd ones too, and they would widen the spread
// that excuses them. This one describes the ordinary units: it begins with the middle half and
// takes in whoever is not out of line with those (each tail 1 in 2,000), again and again until
// nobody changes (forward search: A. Atkinson, M. Riani, Robust Diagnostic Regression Analysis,
// 2000, 2.2). Under ten units with answers: the pool of them all.
Pool ordinary_pool(std::span<const Share> units);

// How often a unit of this pool has a share this high or higher: the upper tail of the
// beta-binomial. Nobody asked: 1. Unrounded.
double share_at_least(Share unit, const Pool& pool);

// A unit's mean rating as it stands with the uncertainty of the mean, its standard error.
struct MeanEstimate {
  double mean = 0;
  double error = 0;  // > 0
};
// The standard error of mean_of: the interval's half-width before it was cut at 1 and 5, over z.
MeanEstimate estimate_of(const Ratings& ratings);

// Means drawn towards their common mean, as far as they do not differ: normal hierarchical model.
// The spread between units solves sum (y - μ)²/(V + A) = k - 1 (R. C. Paule, J. Mandel, J. Res.
// NBS 87, 1982, 377–385; A = 0 when it has no solution above it); the drawing and the intervals,
// which know that μ and A were estimated too, are C. N. Morris's (JASA 78, 1983, 47–55, section 5:
// B = (k-3)/(k-1)·V/(V+A)). One to three units cannot show how units differ: they are left as they
// are. For equal errors this is James and Stein's estimator.
struct PooledMean {
  double estimate = 0;
  double low = 0;  // Not cut at the ends of the scale.
  double high = 0;
};
struct MeanPool {
  double mean = 0;
  double spread = 0;  // The standard deviation of the units' true means: √A.
  std::vector<PooledMean> units;
};
MeanPool pooled_means(std::span<const MeanEstimate> units, double level = 0.95);

// The level at which `count` independent intervals all hold at once with 95 %: 0.95^(1/count)
// (Z. Šidák, JASA 62, 1967, 626–633). Precondition: count >= 1.
double joint_level(std::size_t count);

// A place among `intervals.size()` units, 1 is the highest. No single rank: from `best` to `worst`.
struct Place {
  std::size_t band = 0;  // 1 is the highest.
  std::size_t best = 0;
  std::size_t worst = 0;
};
// The bands and places of units with these intervals.
//
// A unit's place lies below every unit whose whole interval is above its own, and above every one
// whose interval is below: with joint 95 % intervals all places of all units are right at once in
// at least 95 % of all surveys (M. Klein, T. Wright, J. Wieczorek, JRSS C 69, 2020, 589–606, as the
// U.S. Census Bureau ranks states). Bands are the finest grouping, from high to low, in which two
// units whose intervals overlap or touch are *never* in different bands, not even through a chain
// of others; so whatever order two bands state holds for each pair across them. Often there is one
// band only: then nothing else can honestly be said, and the places say how little.
std::vector<Place> places_of(std::span<const Interval> intervals);

// The whole of it for shares: posteriors at the joint level, then places.
std::vector<Place> places_of(std::span<const Share> units);

}  // namespace ln::stats
