#include "engine/stats/stats_math.h"

#include <algorithm>
#include <numeric>

#include "base/check.h"

namespace ln::stats {
namespace {

constexpr double fraction_tiny = 1e-300;
constexpr double fraction_enough = 1e-15;
constexpr int fraction_steps_max = 20'000;  // The fraction needs about √max(a, b) steps.

double log_beta(double a, double b) { return log_gamma(a) + log_gamma(b) - log_gamma(a + b); }

double log_choose(double n, double k) {
  return log_gamma(n + 1) - log_gamma(k + 1) - log_gamma(n - k + 1);
}

// DLMF 8.17.22 for x below (a + 1) / (a + b + 2).
double beta_fraction(double x, double a, double b) {
  double c = 1;
  double d = 1 - (a + b) * x / (a + 1);
  d = 1 / (std::abs(d) < fraction_tiny ? fraction_tiny : d);
  double out = d;
  for (int step = 1; step <= fraction_steps_max; ++step) {
    const double m = step;
    for (const double term : {m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                              -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))}) {
      d = 1 + term * d;
      d = 1 / (std::abs(d) < fraction_tiny ? fraction_tiny : d);
      c = 1 + term / c;
      if (std::abs(c) < fraction_tiny) c = fraction_tiny;
      out *= c * d;
    }
    if (std::abs(c * d - 1) < fraction_enough) break;
  }
  return out;
}

double gamma_series(double a, double x) {
  double term = 1 / a;
  double sum = term;
  for (int step = 1; step <= fraction_steps_max && term > sum * fraction_enough; ++step) {
    term *= x / (a + step);
    sum += term;
  }
  return sum * std::exp(a * std::log(x) - x - log_gamma(a));
}

double gamma_fraction(double a, double x) {
  double b = x + 1 - a;
  double c = 1 / fraction_tiny;
  double d = 1 / b;
  double out = d;
  for (int step = 1; step <= fraction_steps_max; ++step) {
    const double term = -step * (step - a);
    b += 2;
    d = term * d + b;
    d = 1 / (std::abs(d) < fraction_tiny ? fraction_tiny : d);
    c = b + term / c;
    if (std::abs(c) < fraction_tiny) c = fraction_tiny;
    out *= c * d;
    if (std::abs(c * d - 1) < fraction_enough) break;
  }
  return out * std::exp(a * std::log(x) - x - log_gamma(a));
}

std::vector<std::size_t> ascending(std::span<const double> values) {
  std::vector<std::size_t> out(values.size());
  std::iota(out.begin(), out.end(), std::size_t{0});
  std::stable_sort(out.begin(), out.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  return out;
}

}  // namespace

double log_gamma(double x) {
  CHECK(x > 0);
  double raised = 1;
  while (x < 12) {
    raised *= x;
    x += 1;
  }
  const double shift = std::log(raised);
  const double r = 1 / (x * x);
  const double series =
      (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r * (1.0 / 1188))))) / x;
  constexpr double half_log_two_pi = 0.918938533204672742;
  return (x - 0.5) * std::log(x) - x + half_log_two_pi + series - shift;
}

double normal_below(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

double normal_point(double p) {
  CHECK(p > 0 && p < 1);
  if (p > 0.5) return -normal_point(1 - p);
  const double t = std::sqrt(-2 * std::log(p));
  double z = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) /
                       (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
  for (int step = 0; step < 3; ++step) {
    constexpr double root_two_pi = 2.506628274631000502;
    const double off = (normal_below(z) - p) * root_two_pi * std::exp(z * z / 2);
    z -= off / (1 + z * off / 2);
  }
  return z;
}

double beta_below(double x, double a, double b) {
  CHECK(x >= 0 && x <= 1 && a > 0 && b > 0);
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const double front = std::exp(a * std::log(x) + b * std::log1p(-x) - log_beta(a, b));
  if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(x, a, b) / a;
  return 1 - front * beta_fraction(1 - x, b, a) / b;
}

double beta_point(double p, double a, double b) {
  CHECK(p > 0 && p < 1 && a > 0 && b > 0);
  double low = 0;
  double high = 1;
  const double mean = a / (a + b);
  const double spread = std::sqrt(mean * (1 - mean) / (a + b + 1));
  double x = std::clamp(mean + normal_point(p) * spread, mean / 8, 1 - (1 - mean) / 8);
  const double log_scale = log_beta(a, b);
  for (int step = 0; step < 200; ++step) {
    const double off = beta_below(x, a, b) - p;
    (off < 0 ? low : high) = x;
    const double density = std::exp((a - 1) * std::log(x) + (b - 1) * std::log1p(-x) - log_scale);
    double next = density > 0 ? x - off / density : low;
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (std::abs(next - x) <= 1e-11 * std::max(x, 1e-6)) return next;
    x = next;
  }
  return x;
}

double chi_square_above(double x, double degrees) {
  CHECK(x >= 0 && degrees > 0);
  const double a = degrees / 2;
  const double half = x / 2;
  if (half <= 0) return 1;
  return half < a + 1 ? 1 - gamma_series(a, half) : gamma_fraction(a, half);
}

double binomial_at_least(std::int64_t k, std::int64_t n, double p) {
  CHECK(k >= 0 && n >= 0 && p >= 0 && p <= 1);
  if (k == 0) return 1;
  if (k > n) return 0;
  return beta_below(p, static_cast<double>(k), static_cast<double>(n - k + 1));
}

double beta_binomial_at_least(std::int64_t k, std::int64_t n, double a, double b) {
  CHECK(k >= 0 && n >= 0 && a > 0 && b > 0);
  if (k == 0) return 1;
  if (k > n) return 0;
  const auto whole = static_cast<double>(n);
  const auto weight = [&](std::int64_t i) {
    const auto x = static_cast<double>(i);
    return std::exp(log_choose(whole, x) + log_beta(x + a, whole - x + b) - log_beta(a, b));
  };
  // From one term to the next: (n - i)(i + a) / ((i + 1)(n - i - 1 + b)).
  const auto ratio_after = [&](std::int64_t i) {
    const auto x = static_cast<double>(i);
    return (whole - x) * (x + a) / ((x + 1) * (whole - x - 1 + b));
  };
  double sum = 0;
  if (static_cast<double>(k) >= whole * a / (a + b)) {
    double term = weight(k);
    for (std::int64_t i = k; i <= n && term > sum * 1e-17; ++i) {
      sum += term;
      term *= ratio_after(i);
    }
    return std::min(sum, 1.0);
  }
  double term = weight(k - 1);
  for (std::int64_t i = k - 1; i >= 0; --i) {
    sum += term;
    if (i > 0) term /= ratio_after(i - 1);
  }
  return std::clamp(1 - sum, 0.0, 1.0);
}

double counts_at_least(std::int64_t k, double mean, double variance) {
  CHECK(k >= 0 && mean > 0);
  if (k == 0) return 1;
  const auto count = static_cast<double>(k);
  // P(Poisson >= k) is the share of a gamma distribution below its mean.
  if (variance <= mean * (1 + 1e-9)) return 1 - chi_square_above(2 * mean, 2 * count);
  const double size = mean * mean / (variance - mean);
  return beta_below(1 - mean / variance, count, size);
}

double hypergeometric_at_least(std::int64_t k, const Draw& draw) {
  CHECK(draw.drawn >= 0 && draw.marked >= 0);
  CHECK(draw.drawn <= draw.all && draw.marked <= draw.all);
  const std::int64_t least = std::max<std::int64_t>(0, draw.drawn + draw.marked - draw.all);
  const std::int64_t most = std::min(draw.drawn, draw.marked);
  if (k <= least) return 1;
  if (k > most) return 0;
  const auto all = static_cast<double>(draw.all);
  const auto marked = static_cast<double>(draw.marked);
  const auto drawn = static_cast<double>(draw.drawn);
  double sum = 0;
  for (std::int64_t i = most; i >= k; --i) {
    const auto x = static_cast<double>(i);
    sum += std::exp(log_choose(marked, x) + log_choose(all - marked, drawn - x) -
                    log_choose(all, drawn));
  }
  return std::min(sum, 1.0);
}

std::vector<double> holm(std::span<const double> p_values) {
  std::vector<double> out(p_values.size());
  double highest = 0;
  auto left = static_cast<double>(p_values.size());
  for (const std::size_t i : ascending(p_values)) {
    highest = std::max(highest, std::min(1.0, p_values[i] * left));
    out[i] = highest;
    left -= 1;
  }
  return out;
}

std::vector<double> benjamini_hochberg(std::span<const double> p_values) {
  std::vector<double> out(p_values.size());
  const std::vector<std::size_t> order = ascending(p_values);
  const auto count = static_cast<double>(p_values.size());
  double lowest = 1;
  for (std::size_t place = order.size(); place > 0; --place) {
    const std::size_t i = order[place - 1];
    lowest = std::min(lowest, p_values[i] * count / static_cast<double>(place));
    out[i] = lowest;
  }
  return out;
}

}  // namespace ln::stats
