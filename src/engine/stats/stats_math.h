// The probability functions under the tests of this room. Everything is computed from first
// formulas, without the machine's own lgamma (which writes a global) and without randomness.
//
// Values leave unrounded, good to about ten digits: p-values are compared with very small levels.
// What is published is rounded by `six` first.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace ln::stats {

// The normal distribution's 97.5 % point, for intervals of 95 %.
inline constexpr double z95 = 1.959963984540054;

// To six decimals, half away from zero: the form in which every machine publishes one number.
inline double six(double value) { return std::round(value * 1e6) / 1e6; }

// ln Γ(x): Stirling's series (NIST DLMF 5.11.1) after the argument was raised to 12.
// Precondition: x > 0.
double log_gamma(double x);

// The normal distribution: the share below z, and the point with the share p below it (Halley's
// steps on the former from Abramowitz & Stegun 26.2.23). Precondition: 0 < p < 1.
double normal_below(double z);
double normal_point(double p);

// The regularised incomplete beta function I_x(a, b): the share of Beta(a, b) below x (continued
// fraction DLMF 8.17.22, evaluated by Lentz's method). Precondition: 0 <= x <= 1; a, b > 0.
double beta_below(double x, double a, double b);
// The point of Beta(a, b) with the share p below it: Newton's steps, kept in a bracket.
// Precondition: 0 < p < 1.
double beta_point(double p, double a, double b);

// The share of a chi-square distribution above x: the regularised incomplete gamma function
// (series DLMF 8.7.1, continued fraction 8.9.2). Precondition: x >= 0, degrees > 0.
double chi_square_above(double x, double degrees);

// Upper tails P(X >= k), k from 0.
// Binomial: I_p(k, n - k + 1) (DLMF 8.17.5).
double binomial_at_least(std::int64_t k, std::int64_t n, double p);
// Beta-binomial with Beta(a, b), summed from its largest term in the shorter tail (J. G. Skellam,
// JRSS B 10, 1948, 257–261).
double beta_binomial_at_least(std::int64_t k, std::int64_t n, double a, double b);
// Negative binomial by its mean and variance; a variance of the mean or less counts as Poisson.
// Precondition: mean > 0.
double counts_at_least(std::int64_t k, double mean, double variance);
// Hypergeometric: k or more of `drawn` are marked, when `marked` of `all` are: Fisher's exact test
// (R. A. Fisher, JRSS 98, 1935, 39–54), one-sided. Precondition: 0 <= drawn, marked <= all.
struct Draw {
  std::int64_t all = 0;
  std::int64_t marked = 0;
  std::int64_t drawn = 0;
};
double hypergeometric_at_least(std::int64_t k, const Draw& draw);

// p-values of several questions asked at once, adjusted, in their order. Below a level α
// - Holm's (Scandinavian Journal of Statistics 6, 1979, 65–70) are wrong anywhere in at most α of
//   all surveys, however the questions hang together;
// - Benjamini and Hochberg's (JRSS B 57, 1995, 289–300) are on average to at most α false, for
//   questions that are independent or rise together.
std::vector<double> holm(std::span<const double> p_values);
std::vector<double> benjamini_hochberg(std::span<const double> p_values);

}  // namespace ln::stats
