// Whether a figure moves: trend over periods, one break in a series, two periods beside each other.
//
// As in stats.h: results rounded to six decimals, intervals of 95 %. A series has one value for
// each period, in order of time; a period without answers stays in it with `whole` 0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "engine/stats/stats.h"

namespace ln::stats {

// What can be said of a series. `steady` is not "unchanged": it means that nothing was shown.
enum class Trend : std::uint8_t { too_short, steady, rising, falling };

struct TrendTest {
  Trend trend = Trend::too_short;
  std::int64_t score = 0;  // Rises minus falls over all pairs of periods.
  double p_value = 1;      // Two-sided.
  double slope = 0;        // Per period: the median of all pairs' slopes.
  Interval slope_interval = {0, 0};
};
// Mann and Kendall's test (H. B. Mann, Econometrica 13, 1945, 245–259; M. G. Kendall, Rank
// Correlation Methods, 1975): from the exact distribution of the score up to 40 periods without
// ties, else from the normal one with the correction for ties and for continuity. The slope is
// P. K. Sen's (JASA 63, 1968, 1379–1389) with his interval. A false "rising" or "falling" comes in
// at most 5 % of series without trend. Under 5 values even the steepest series proves nothing.
// Precondition: values are finite, at most 10,000.
TrendTest trend_of(std::span<const double> values);
// Of shares: the periods without answers are left out.
TrendTest trend_of(std::span<const Share> periods);

// Where a series of shares broke, if it did.
struct ChangePoint {
  std::size_t first_after = 0;  // The first period of the new level.
  Share before;
  Share after;
  double p_value = 1;
};
// For each place between two periods the two sides are compared by the likelihood ratio G², divided
// by how much more the periods of a side differ than chance makes them (Pearson's X² over its
// degrees of freedom, at least 1), against F(1, those degrees). The largest is taken and its
// p-value multiplied by the number of places (Bonferroni), so that a series without break is said
// to have one in at most 5 % of cases, also when its periods vary more than chance makes them
// (D. V. Hinkley, E. A. Hinkley, Biometrika 57, 1970, 477–488, for a binomial sequence;
// P. McCullagh, J. A. Nelder, Generalized Linear Models, 2nd ed. 1989, 4.5, for the division).
// Null: no break shown, or fewer than 6 periods with answers.
std::optional<ChangePoint> change_point(std::span<const Share> periods);

// The share of `later` minus that of `earlier`, with the interval of R. G. Newcombe (Statistics in
// Medicine 17, 1998, 873–890, method 10: the two Wilson intervals put together). The interval
// decides the word: without zero in it the share rose or fell. Nobody asked in one of them: from
// -1 to 1.
struct Difference {
  double difference = 0;
  Interval interval = {-1, 1};
  bool is_shown() const { return interval.low > 0 || interval.high < 0; }
};
Difference difference_of(Share later, Share earlier);

}  // namespace ln::stats
