// What a sample is worth: weights, clusters, who did not answer, and percentages that add up.
//
// As in stats.h: counts in, results rounded to six decimals, intervals of 95 %.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/random.h"
#include "engine/stats/stats.h"

namespace ln::stats {

// How many answers of a simple sample the weighted ones are worth: (sum w)² / sum w² (L. Kish,
// Survey Sampling, 1965, 11.7). Equal weights: their number. Nothing weighs anything: 0.
// Precondition: weights are finite and >= 0.
double effective_size(std::span<const double> weights);

// The design effect of a cluster sample: the variance of the ratio estimator p = sum y / sum m,
// v = k/(k-1) · sum (y - p·m)² / M², over that of a simple sample, p(1-p)/M (W. G. Cochran,
// Sampling Techniques, 3rd ed. 1977, section 3.12, without the finite population correction).
// A cluster is whoever was asked together: `part` of its `whole` answers say yes; empty ones are
// left out. Never below 1. Where all answers are the same, the sample cannot tell how alike a
// cluster is, so each counts as wholly alike: sum m² / M. Null with fewer than two clusters.
std::optional<double> design_effect(std::span<const Share> clusters);

// Wilson's interval on the effective sample size M / design effect. With fewer than two clusters
// nothing is known about how they differ: the whole range.
Interval cluster_wilson(std::span<const Share> clusters);

// The same question without a formula: whole clusters are drawn with replacement `rounds` times
// and the middle 95 % of the shares is the interval (B. Efron, R. Tibshirani, An Introduction to
// the Bootstrap, 1993, section 13.3, percentile interval). The same seed gives the same interval.
// Too narrow for few clusters, so under ten of them publish cluster_wilson. Fewer than two: the
// whole range. Precondition: rounds from 100 to 100,000.
Interval cluster_bootstrap(std::span<const Share> clusters, Random& random, int rounds = 2000);

// What the share could be among all who were asked, whatever those who kept silent think: from
// "none of them" to "all of them" (C. F. Manski, Partial Identification of Probability
// Distributions, 2003, section 1.2). This is no confidence interval: it holds with certainty for
// those asked. Nobody asked: the whole range. Precondition: asked >= answers.whole.
Interval silent_bounds(Share answers, std::int64_t asked);
// The same for the mean of ratings: all the silent give 1, all give 5.
Interval silent_bounds(const Ratings& ratings, std::int64_t asked);

// In hundredths of a percent, half up from the integers: 150 of 302 is 4967, which is 49.67 %.
std::int64_t hundredths_of_percent(Share share);
// Parts of one whole as they may be printed beside each other: in the smallest printed unit, of
// which `units` make the whole (100 for percent, 1000 for tenths), adding up to `units` exactly.
// Largest remainders (Hamilton's method; M. Balinski, H. P. Young, Fair Representation, 2nd ed.
// 2001, appendix A); equal remainders go to the earlier part. Each differs from the true value by
// less than one unit. All zero: all zero. Precondition: counts >= 0, units from 1 to 10,000, the
// sum below 2⁴⁸.
std::vector<std::int64_t> parts_of(std::span<const std::int64_t> counts, std::int64_t units);

// The shortest period whose count may be published.
enum class Period : std::uint8_t { week, month, quarter };
// Widens from week to month to quarter until `floor` people are in it; null: not even a quarter
// holds enough. A count of nobody is not enough either, as it would name a quiet week.
// Precondition: 0 <= week <= month <= quarter, each period holding the ones before.
std::optional<Period> period_for(std::int64_t week,
                                 std::int64_t month,
                                 std::int64_t quarter,
                                 std::int64_t floor = privacy_floor);

}  // namespace ln::stats
