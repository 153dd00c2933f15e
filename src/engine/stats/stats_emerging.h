// Emerging issues: subjects and places with more cases than their own past explains.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/stats/stats.h"

namespace ln::stats {

// One subject in one place: the counts of the past periods, oldest first, and of the present one.
struct Counted {
  std::vector<std::int64_t> past;
  std::int64_t now = 0;
};

struct Emerging {
  bool is_emerging = false;
  double expected = 0;         // From the past, per period.
  std::int64_t usual_max = 0;  // A count up to this is within the usual: P(more) <= 1 %.
  double p_value = 1;          // Of a count this high or higher, were nothing new.
  double adjusted = 1;         // The same for all cells at once; emerging when <= `rate`.
};

// How many periods of past a cell needs; with fewer it is never emerging.
inline constexpr std::size_t emerging_past_min = 8;

// One for each cell, in their order. Of what it calls emerging, at most the share `rate` is chance;
// in a week in which nothing at all is new, an alarm somewhere comes with at most that probability.
// The arithmetic:
// - expected = (sum of past + 1/2) / periods: the predictive mean of a Poisson count with Jeffreys'
//   prior, so that a cell which never had a case does not make its first one impossible;
// - the counts may vary more than Poisson's: dispersion = variance / mean over the past, at least
//   1, drawn towards that of all cells of one case a period or more with the weight of ten periods,
//   as one cell's past is short, and taken one standard error √(2/degrees) higher than estimated;
// - p = P(count >= now) of the negative binomial with that mean and the variance
//   dispersion · mean · (1 + 1/periods); the last factor is the doubt about the mean itself
//   (C. P. Farrington et al., JRSS A 159, 1996, 547–563, with the negative binomial of A. Noufaily
//   et al., Statistics in Medicine 32, 2013, 1206–1222);
// - the cells' p-values are adjusted together (Benjamini and Hochberg, see stats_math.h);
// - fewer cases than `floor` are never emerging, because they are never published.
// Precondition: counts >= 0, 0 < rate < 1.
std::vector<Emerging> emerging_of(std::span<const Counted> cells,
                                  double rate = 0.05,
                                  std::int64_t floor = privacy_floor);

}  // namespace ln::stats
