#include "engine/triage/triage_score.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "engine/triage/triage_model.h"

namespace ln::triage {
namespace {

double log_loss_of(std::span<const Decided> decided, double temperature) {
  double loss = 0;
  for (const Decided& each : decided)
    loss -= std::log(std::max(softmax(each.values, temperature)[each.label], 1e-12));
  return loss;
}

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

double mean_f1(std::span<const LabelScore> labels, bool only_named) {
  double sum = 0;
  std::size_t count = 0;
  for (const LabelScore& each : labels) {
    if (each.examples == 0 || (only_named && each.label.ends_with("other"))) continue;
    sum += each.f1();
    ++count;
  }
  return count == 0 ? 0 : sum / static_cast<double>(count);
}

// How often the likeliest label was right where its probability was about the same.
struct Range {
  double sure = 0;  // the sum of the probabilities
  std::size_t right = 0;
};
constexpr std::size_t range_count = 10;

void put(std::span<Range> ranges, double probability, bool is_right) {
  const auto at = static_cast<std::size_t>(probability * static_cast<double>(ranges.size()));
  Range& range = ranges[std::min(at, ranges.size() - 1)];
  range.sure += probability;
  range.right += is_right ? 1 : 0;
}

double probability_of(const Guess& guess, std::string_view label) {
  const auto found = std::ranges::find(guess.best, label, &Suggestion::label);
  return found == guess.best.end() ? 0 : found->probability;
}

}  // namespace

double best_temperature(std::span<const Decided> decided) {
  constexpr double golden = 0.6180339887498949;
  double low = std::log(0.05), high = std::log(20.0);
  for (int round = 0; round < 40; ++round) {
    const double a = high - golden * (high - low), b = low + golden * (high - low);
    if (log_loss_of(decided, std::exp(a)) <= log_loss_of(decided, std::exp(b)))
      high = b;
    else
      low = a;
  }
  return std::exp((low + high) / 2);
}

double least_sure(std::span<const Decided> decided, double temperature, double wanted) {
  constexpr std::size_t count_least = 10;
  std::vector<std::pair<double, bool>> sure;
  for (const Decided& each : decided) {
    const auto shares = softmax(each.values, temperature);
    const auto best = std::ranges::max_element(shares);
    sure.emplace_back(*best, static_cast<std::size_t>(best - shares.begin()) == each.label);
  }
  std::ranges::sort(sure, std::greater<>());
  double threshold = 2;
  std::size_t right = 0;
  for (std::size_t i = 0; i < sure.size(); ++i) {
    right += sure[i].second ? 1 : 0;
    const bool is_last_alike = i + 1 == sure.size() || sure[i + 1].first != sure[i].first;
    if (is_last_alike && i + 1 >= count_least && share(right, i + 1) >= wanted)
      threshold = sure[i].first;
  }
  return threshold;
}

double LabelScore::f1() const { return share(2 * right, examples + given); }
double Score::accuracy() const { return share(right, examples); }
double Score::coverage() const { return share(suggested, examples); }
double Score::precision() const { return share(suggested_right, suggested); }

double Score::weighted_f1() const {
  double sum = 0;
  for (const LabelScore& each : labels) sum += each.f1() * static_cast<double>(each.examples);
  return examples == 0 ? 0 : sum / static_cast<double>(examples);
}

double Score::macro_f1() const { return mean_f1(labels, false); }
double Score::macro_f1_named() const { return mean_f1(labels, true); }

Score score(const Model& model, std::span<const Example> examples) {
  std::map<std::string, LabelScore> labels;
  std::array<Range, range_count> ranges{};
  Score all;
  for (const Example& example : examples) {
    const Guess guess =
        model.suggest(example.text, model.labels().size(), family_of(example.label));
    const std::string given = guess.best.empty() ? std::string() : guess.best.front().label;
    const bool is_right = given == example.label;
    ++all.examples;
    all.right += is_right ? 1 : 0;
    all.suggested += guess.abstains ? 0 : 1;
    all.suggested_right += !guess.abstains && is_right ? 1 : 0;
    ++labels[example.label].examples;
    ++labels[given].given;
    labels[given].right += is_right ? 1 : 0;
    const double probability = probability_of(guess, example.label);
    all.log_loss -= std::log(std::max(probability, 1e-12));
    all.brier += 1 - 2 * probability;
    for (const Suggestion& each : guess.best) all.brier += each.probability * each.probability;
    if (!guess.best.empty()) put(ranges, guess.best.front().probability, is_right);
  }
  if (all.examples > 0) {
    all.log_loss /= static_cast<double>(all.examples);
    all.brier /= static_cast<double>(all.examples);
    for (const Range& each : ranges)
      all.calibration_error +=
          std::abs(each.sure - static_cast<double>(each.right)) / static_cast<double>(all.examples);
  }
  for (auto& [label, one] : labels) {
    one.label = label;
    all.labels.push_back(one);
  }
  return all;
}

Score together(std::span<const Score> scores) {
  std::map<std::string, LabelScore> labels;
  Score all;
  for (const Score& each : scores) {
    const auto weight = static_cast<double>(each.examples);
    all.examples += each.examples;
    all.right += each.right;
    all.suggested += each.suggested;
    all.suggested_right += each.suggested_right;
    all.log_loss += each.log_loss * weight;
    all.brier += each.brier * weight;
    all.calibration_error += each.calibration_error * weight;
    for (const LabelScore& one : each.labels) {
      LabelScore& sum = labels[one.label];
      sum.label = one.label;
      sum.examples += one.examples;
      sum.right += one.right;
      sum.given += one.given;
    }
  }
  if (all.examples > 0)
    for (double* mean : {&all.log_loss, &all.brier, &all.calibration_error})
      *mean /= static_cast<double>(all.examples);
  for (const auto& [label, one] : labels) all.labels.push_back(one);
  return all;
}

}  // namespace ln::triage
