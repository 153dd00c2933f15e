// Our numbers against those of R: test/stats/reference.csv, made by test/stats/reference.R.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/stats/stats_compare.h"
#include "engine/stats/stats_math.h"
#include "engine/stats/stats_trend.h"

namespace ln {
namespace {

struct Reference {
  std::string name;
  std::vector<double> arguments;
  double value = 0;
};

std::vector<Reference> references() {
  std::ifstream in(LN_SOURCE "/test/stats/reference.csv");
  std::vector<Reference> out;
  for (std::string line; std::getline(in, line);) {
    const std::size_t first = line.find(';');
    const std::size_t last = line.rfind(';');
    Reference each{.name = line.substr(0, first), .arguments = {}};
    std::istringstream arguments(line.substr(first + 1, last - first - 1));
    for (double argument = 0; arguments >> argument;) each.arguments.push_back(argument);
    each.value = std::stod(line.substr(last + 1));
    out.push_back(std::move(each));
  }
  return out;
}

std::int64_t whole(double x) { return static_cast<std::int64_t>(x + 0.5); }

// What our function says, unrounded; null for what the other tests look at.
std::optional<double> by_us(const std::string& name, const std::vector<double>& x) {
  if (name == "log_gamma") return stats::log_gamma(x[0]);
  if (name == "normal_point") return stats::normal_point(x[0]);
  if (name == "beta_below") return stats::beta_below(x[0], x[1], x[2]);
  if (name == "beta_point") return stats::beta_point(x[0], x[1], x[2]);
  if (name == "chi_square_above") return stats::chi_square_above(x[0], x[1]);
  if (name == "binomial_at_least") return stats::binomial_at_least(whole(x[0]), whole(x[1]), x[2]);
  if (name == "counts_at_least") return stats::counts_at_least(whole(x[0]), x[1], x[2]);
  if (name == "beta_binomial_at_least")
    return stats::beta_binomial_at_least(whole(x[0]), whole(x[1]), x[2], x[3]);
  if (name == "fisher")
    return stats::hypergeometric_at_least(whole(x[0]), {.all = whole(x[0] + x[1] + x[2] + x[3]),
                                                        .marked = whole(x[0] + x[1]),
                                                        .drawn = whole(x[0] + x[2])});
  const std::vector<double> asked = {0.01, 0.013, 0.04, 0.001, 0.2, 0.04, 0.9};
  if (name == "holm") return stats::holm(asked)[static_cast<std::size_t>(x[0])];
  if (name == "benjamini_hochberg")
    return stats::benjamini_hochberg(asked)[static_cast<std::size_t>(x[0])];
  return std::nullopt;
}

// What leaves rounded to six decimals.
std::optional<double> rounded_by_us(const std::string& name, const std::vector<double>& x) {
  if (name.starts_with("newcombe")) {
    const auto interval =
        stats::difference_of({whole(x[0]), whole(x[1])}, {whole(x[2]), whole(x[3])}).interval;
    return name == "newcombe_low" ? interval.low : interval.high;
  }
  if (name == "mann_kendall" && x.size() >= 5) return stats::trend_of(x).p_value;
  if (name == "sen_slope" && x.size() >= 5) return stats::trend_of(x).slope;
  if (name.starts_with("change")) {
    std::vector<stats::Share> periods;
    for (const double part : x) periods.push_back({whole(part), 100});
    const auto found = stats::change_point(periods);
    if (!found) return std::nullopt;
    return name == "change_p" ? found->p_value : static_cast<double>(found->first_after);
  }
  if (name.starts_with("schools")) {
    const double effects[] = {28, 8, -3, 7, -1, 1, 18, 12};
    const double errors[] = {15, 10, 16, 11, 9, 11, 10, 18};
    std::vector<stats::MeanEstimate> schools;
    for (int i = 0; i < 8; ++i) schools.push_back({effects[i] * x[0], errors[i]});
    const auto pool = stats::pooled_means(schools);
    return name == "schools_mean" ? pool.mean : pool.spread;
  }
  return std::nullopt;
}

}  // namespace

TEST_CASE("the probability functions give R's values") {
  int compared = 0;
  for (const Reference& each : references()) {
    const auto ours = by_us(each.name, each.arguments);
    if (!ours) continue;
    ++compared;
    const double off = std::abs(*ours - each.value);
    // To nine digits, or to 1e-13 where a small value is one minus a large one.
    CHECK_MESSAGE((off <= 1e-9 * std::abs(each.value) || off <= 1e-13), each.name, " ",
                  each.arguments, ": ", *ours, " for ", each.value);
  }
  CHECK(compared >= 200);
}

TEST_CASE("trend, break, difference and pooled means give R's values") {
  int compared = 0;
  for (const Reference& each : references()) {
    const auto ours = rounded_by_us(each.name, each.arguments);
    if (!ours) continue;
    ++compared;
    CHECK_MESSAGE(std::abs(*ours - each.value) <= 6e-7, each.name, " ", each.arguments, ": ", *ours,
                  " for ", each.value);
  }
  CHECK(compared >= 30);
}

}  // namespace ln
