// Learning: features of the examples, one logistic regression for each label, the weights in eight
// bits, and how sure the model may be.
#include <linear.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/check.h"
#include "engine/text/text.h"
#include "engine/triage/triage_model.h"
#include "engine/triage/triage_score.h"

namespace ln::triage {

// A text as it is learned: its key, and where it belongs.
struct Learned {
  std::string key;
  std::size_t label = 0;
  std::size_t fold = 0;  // in whose round it is held back
};

namespace {

constexpr std::size_t folds = 5;             // each is held back once
constexpr std::size_t held_back_least = 20;  // fewer examples say nothing about being sure
constexpr double right_wanted = 0.8;
constexpr std::uint32_t met_least = 2;  // a feature of one text alone teaches nothing

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0;
  for (const char c : text) hash = mixed(hash + static_cast<unsigned char>(c) + 1);
  return mixed(hash);
}

// liblinear's way of saying a text: its kept features, ended by -1.
using Nodes = std::vector<feature_node>;

Nodes nodes_of(const Model::Parts& parts, std::string_view key) {
  std::vector<Counted> rows = count_rows(parts, key);
  std::ranges::sort(rows, {}, &Counted::row);
  double lengths[2] = {0, 0};
  for (const Counted& each : rows) {
    const auto weight = static_cast<double>(weight_of(parts, each));
    lengths[parts.is_characters(each.row) ? 1 : 0] += weight * weight;
  }
  Nodes nodes;
  nodes.reserve(rows.size() + 2);
  for (const Counted& each : rows)
    nodes.push_back({static_cast<int>(each.row) + 1,
                     static_cast<double>(weight_of(parts, each)) /
                         std::sqrt(lengths[parts.is_characters(each.row) ? 1 : 0])});
  nodes.push_back({static_cast<int>(parts.idf.size()) + 1, 1});  // the bias
  nodes.push_back({-1, 0});
  return nodes;
}

void say_nothing(const char*) {}

// One label against all others. Empty when the examples know only one side.
std::vector<double> regress(std::vector<Nodes*> nodes,
                            std::vector<double> sides,
                            std::size_t feature_count,
                            double cost) {
  if (std::ranges::count(sides, 1.0) == 0 || std::ranges::count(sides, -1.0) == 0) return {};
  std::vector<feature_node*> rows;
  rows.reserve(nodes.size());
  for (Nodes* each : nodes) rows.push_back(each->data());
  const problem all{static_cast<int>(rows.size()), static_cast<int>(feature_count), sides.data(),
                    rows.data(), 1};
  parameter how{};
  how.solver_type = L2R_LR;
  how.eps = 0.01;
  how.C = cost;
  CHECK(check_parameter(&all, &how) == nullptr);
  set_print_string_function(&say_nothing);
  model* made = ::train(&all, &how);
  // Its weights speak for the side it met first.
  const double side = made->label[0] > 0 ? 1 : -1;
  std::vector<double> weights(made->w, made->w + feature_count);
  free_and_destroy_model(&made);
  for (double& each : weights) each *= side;
  return weights;
}

// Half away from zero, into seven bits and a sign.
void put_weights(Model::Parts& parts, std::size_t label, const std::vector<double>& weights) {
  double most = 0;
  for (std::size_t row = 0; row + 1 < weights.size(); ++row)
    most = std::max(most, std::abs(weights[row]));
  parts.scale[label] = static_cast<float>(most / 127);
  // A label nobody stands for is never the likeliest.
  parts.bias[label] = weights.empty() ? -1000.0F : static_cast<float>(weights.back());
  for (std::size_t row = 0; row + 1 < weights.size(); ++row)
    parts.weights[row * parts.stride + label] =
        most == 0 ? std::int8_t{0}
                  : static_cast<std::int8_t>(std::lround(weights[row] / most * 127));
}

}  // namespace

struct Training::State {
  TrainingOptions options;
  std::vector<Learned> texts;
  std::shared_ptr<Model::Parts> parts = std::make_shared<Model::Parts>();
  std::vector<Nodes> nodes;
  std::vector<float>
      most_weight;  // of each kept feature over the labels, in the rounds before the last
  std::vector<Decided> decided;  // of each text, in the round that held it back
  std::size_t label_count = 0, steps_done = 0;

  void keep_features();
  void make_nodes();
  void shrink();
  void decide_held_back(std::size_t fold);
  void calibrate();
  void learn(std::size_t label, std::size_t round);
  std::size_t steps() const { return (folds + 1) * label_count; }
};

namespace {

// The two ways a text is learned: as it is, and as people type who leave the diacritics out.
void add_texts(std::vector<Learned>& texts, const Example& example, std::size_t label) {
  const std::size_t fold = hash_of(example.group) % folds;
  std::string key = key_of(example.text);
  if (key.empty()) return;
  std::string plain = text::fold(key);
  const bool has_marks = plain != key;
  texts.push_back({std::move(key), label, fold});
  if (has_marks) texts.push_back({std::move(plain), label, fold});
}

std::vector<std::string> labels_of(std::span<const Example> examples) {
  std::vector<std::string> labels;
  for (const Example& each : examples)
    if (!each.label.empty() && each.label.size() <= label_size_max) labels.push_back(each.label);
  std::ranges::sort(labels);
  labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
  if (labels.size() > label_count_max) labels.resize(label_count_max);
  return labels;
}

std::size_t row_count_max(std::size_t labels) {
  const std::size_t fixed = bucket_count / 8 + labels * (label_size_max + 12) + 64;
  return (model_size_max - fixed) / (labels + 1);
}

// Among the labels of its family.
Decided decided_of(const Model::Parts& parts, const Learned& text) {
  const std::string_view family = family_of(parts.labels[text.label]);
  std::vector<std::size_t> which;
  Decided decided;
  for (std::size_t i = 0; i < parts.labels.size(); ++i) {
    if (!parts.labels[i].starts_with(family)) continue;
    if (i == text.label) decided.label = which.size();
    which.push_back(i);
  }
  decided.values = chosen(decide(parts, text.key), which);
  return decided;
}

}  // namespace

// Which features there are, in how many texts, and what that says about each: ln((1 + N) / (1 +
// df))
// + 1, as in scikit-learn's smoothed idf.
void Training::State::keep_features() {
  std::vector<std::uint32_t> met(bucket_count, 0), last(bucket_count, 0);
  std::uint32_t number = 0;
  for (const Learned& text : texts) {
    ++number;
    each_feature(text.key, [&](std::uint32_t bucket, std::size_t, std::size_t) {
      met[bucket] += last[bucket] == number ? 0U : 1U;
      last[bucket] = number;
    });
  }
  Model::Parts& p = *parts;
  p.kept.assign(bucket_count / 64, 0);
  for (std::uint32_t bucket = 0; bucket < bucket_count; ++bucket) {
    if (met[bucket] < met_least) continue;
    p.kept[bucket >> 6] |= std::uint64_t{1} << (bucket & 63);
    const double idf = std::log((1.0 + number) / (1.0 + met[bucket])) + 1;
    p.idf.push_back(static_cast<std::uint8_t>(std::min(255L, std::lround(idf * idf_steps))));
  }
  p.count_ranks();
  p.weights.assign(p.idf.size() * p.stride, 0);
  most_weight.assign(p.idf.size(), 0);
}

void Training::State::make_nodes() {
  nodes.clear();
  for (const Learned& text : texts) nodes.push_back(nodes_of(*parts, text.key));
}

// Between the rounds: only as many features as the model has room for, those that weigh most.
void Training::State::shrink() {
  Model::Parts& p = *parts;
  const std::size_t room = row_count_max(label_count);
  if (p.idf.size() > room) {
    std::vector<std::uint32_t> order(p.idf.size());
    for (std::uint32_t row = 0; row < order.size(); ++row) order[row] = row;
    std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
      return most_weight[a] != most_weight[b] ? most_weight[a] > most_weight[b] : a < b;
    });
    std::vector<bool> stays(order.size(), false);
    for (std::size_t i = 0; i < room; ++i) stays[order[i]] = true;
    std::vector<std::uint8_t> idf;
    std::uint32_t row = 0;
    for (std::uint64_t& word : p.kept)
      for (std::uint64_t bits = word; bits != 0; bits &= bits - 1, ++row) {
        if (stays[row])
          idf.push_back(p.idf[row]);
        else
          word &= ~(bits & (~bits + 1));
      }
    p.idf = std::move(idf);
    p.count_ranks();
    make_nodes();
  }
  p.weights.assign(p.idf.size() * p.stride, 0);
}

void Training::State::learn(std::size_t label, std::size_t round) {
  std::vector<Nodes*> chosen;
  std::vector<double> sides;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i].fold == round) continue;
    chosen.push_back(&nodes[i]);
    sides.push_back(texts[i].label == label ? 1 : -1);
  }
  const std::vector<double> weights =
      regress(std::move(chosen), std::move(sides), parts->idf.size() + 1, options.cost);
  put_weights(*parts, label, weights);
  if (round == folds) return;
  for (std::size_t row = 0; row + 1 < weights.size(); ++row)
    most_weight[row] = std::max(most_weight[row], static_cast<float>(std::abs(weights[row])));
}

void Training::State::decide_held_back(std::size_t fold) {
  for (const Learned& text : texts)
    if (text.fold == fold) decided.push_back(decided_of(*parts, text));
}

// On what was held back: the temperature of the least log-loss, and the threshold.
void Training::State::calibrate() {
  const bool is_enough = decided.size() >= held_back_least;
  parts->temperature = is_enough ? static_cast<float>(best_temperature(decided)) : 1.0F;
  parts->threshold = is_enough
                         ? static_cast<float>(least_sure(
                               decided, static_cast<double>(parts->temperature), right_wanted))
                         : 2.0F;
}

Training::Training(std::span<const Example> examples, const TrainingOptions& options)
    : state_(std::make_unique<State>()) {
  State& s = *state_;
  s.options = options;
  s.parts->labels = labels_of(examples);
  s.label_count = s.parts->labels.size();
  if (s.label_count < 2) return;
  s.parts->bias.assign(s.label_count, 0);
  s.parts->scale.assign(s.label_count, 0);
  std::size_t feature_count = 0;
  for (const Example& each : examples) {
    const auto label = std::ranges::lower_bound(s.parts->labels, each.label);
    if (label == s.parts->labels.end() || *label != each.label) continue;
    const std::size_t from = s.texts.size();
    add_texts(s.texts, each, static_cast<std::size_t>(label - s.parts->labels.begin()));
    for (std::size_t i = from; i < s.texts.size(); ++i) feature_count += s.texts[i].key.size() * 5;
    if (feature_count <= options.features_max) continue;
    s.texts.resize(from);
    break;
  }
  s.keep_features();
  s.make_nodes();
}

Training::~Training() = default;
Training::Training(Training&&) noexcept = default;

bool Training::step() {
  State& s = *state_;
  if (s.label_count < 2 || s.steps_done == s.steps()) return false;
  const std::size_t round = s.steps_done / s.label_count;
  s.learn(s.steps_done % s.label_count, round);
  const bool ends_round = ++s.steps_done % s.label_count == 0;
  if (ends_round && round < folds) s.decide_held_back(round);
  if (ends_round && round + 1 == folds) {
    s.calibrate();
    s.shrink();
  }
  return s.steps_done < s.steps();
}

double Training::done() const {
  const State& s = *state_;
  return s.label_count < 2 ? 1 : static_cast<double>(s.steps_done) / static_cast<double>(s.steps());
}

std::optional<Model> Training::take() {
  if (state_->label_count < 2) return std::nullopt;
  CHECK(state_->steps_done == state_->steps());
  return Model(std::move(state_->parts));
}

std::optional<Model> train(std::span<const Example> examples, const TrainingOptions& options) {
  Training training(examples, options);
  while (training.step()) {
  }
  return training.take();
}

}  // namespace ln::triage
