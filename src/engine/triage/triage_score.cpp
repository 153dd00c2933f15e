#include "engine/triage/triage_score.h"

#include <algorithm>
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

double Score::macro_f1() const {
  double sum = 0;
  std::size_t count = 0;
  for (const LabelScore& each : labels) {
    sum += each.examples > 0 ? each.f1() : 0;
    count += each.examples > 0 ? 1 : 0;
  }
  return count == 0 ? 0 : sum / static_cast<double>(count);
}

Score score(const Model& model, std::span<const Example> examples) {
  std::map<std::string, LabelScore> labels;
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
    double probability = 0;
    for (const Suggestion& each : guess.best)
      if (each.label == example.label) probability = each.probability;
    all.log_loss -= std::log(std::max(probability, 1e-12));
  }
  if (all.examples > 0) all.log_loss /= static_cast<double>(all.examples);
  for (auto& [label, one] : labels) {
    one.label = label;
    all.labels.push_back(one);
  }
  return all;
}

}  // namespace ln::triage
