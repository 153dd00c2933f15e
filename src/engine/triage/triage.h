// What a text is about, guessed from its words: a linear model that learns from handled cases and
// only suggests. A person decides.
//
// The text becomes its key with diacritics (text::marked), of which at most `text_chars_max`
// characters are read. Its features are syllable 1–3-grams and character 2–5-grams, each kind
// hashed into 2^20 buckets (Weinberger et al., Feature Hashing for Large Scale Multitask Learning,
// ICML 2009), weighed by (1 + ln tf) · idf and scaled to length 1 for each kind (Manning, Raghavan,
// Schütze, Introduction to Information Retrieval, 6.4). Each label has one logistic regression
// against all others, made by liblinear's solver 0, which draws no random numbers (Lin, Weng,
// Keerthi, Trust Region Newton Method for Logistic Regression, JMLR 9, 2008). Every example is
// learned twice, with its diacritics and without. Weights are kept in eight bits.
//
// Everything is pure. Two trainings on the same examples in the same order give the same bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ln::triage {

inline constexpr std::size_t text_chars_max = 1'000;  // of a text are read
inline constexpr std::size_t label_count_max = 128;
inline constexpr std::size_t label_size_max = 64;
inline constexpr std::size_t model_size_max = 8'000'000;  // bytes

// A text and what it was found to be about. `group`: who are alike by birth (one template, one
// sender); a group is held back as a whole or not at all. What stands before a '/' in a label is
// its family ("place/road"): whoever asks may know it already.
struct Example {
  std::string text, label, group;
};

struct Suggestion {
  std::string label;
  double probability = 0;
};

// What a text looks like: the likeliest labels, the best first; their probabilities are of one
// whole together with those left out. Empty when the model knows no label that was asked for.
// `abstains`: the best is below the model's threshold, and nothing should be suggested.
struct Guess {
  std::vector<Suggestion> best;
  bool abstains = true;
};

// A learned model. Copies share what was learned; any thread may ask.
class Model {
 public:
  // Reads what bytes() wrote. Null for anything else, whatever it is: no bytes make it read past
  // their end, allocate more than a few times model_size_max, or give what is not a number.
  static std::optional<Model> read(std::string_view bytes);
  // docs/formats/triage.md; at most model_size_max.
  std::string bytes() const;

  std::span<const std::string> labels() const;
  // Below it nothing is suggested: the least probability above which four of five suggestions for
  // held-back examples were right, within their family; above 1 when there is none.
  double threshold() const;

  // At most `count_max` labels, all of which begin with `family` ("place/"; empty: any); they share
  // the whole of the probability. Probabilities are a softmax of the decision values over one
  // temperature, fitted on held-back examples (Guo et al., On Calibration of Modern Neural
  // Networks, ICML 2017). The same text gives the same numbers.
  Guess suggest(std::string_view text,
                std::size_t count_max = 3,
                std::string_view family = {}) const;
  // The words that spoke most for `label`, at most `count_max` runs of neighbours in the order of
  // the text, in lower case: what an n-gram weighs is shared among the words it touches. Empty for
  // a label the model does not know.
  std::vector<std::string> why(std::string_view text,
                               std::string_view label,
                               std::size_t count_max = 3) const;

  struct Parts;
  explicit Model(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}
  const Parts& parts() const { return *parts_; }

 private:
  std::shared_ptr<const Parts> parts_;
};

struct TrainingOptions {
  // Cost of an error: liblinear's C.
  double cost = 8;
  // So many features of all examples together are learned from at most, so that memory stays
  // bounded: sixteen bytes each. Examples beyond are left out, from the end.
  std::size_t features_max = 40'000'000;
};

// A training that can be done in pieces, so that whoever trains can do something else between.
class Training {
 public:
  // Takes what it needs of the examples. Labels that are empty, too long or beyond
  // label_count_max in their order are left out.
  explicit Training(std::span<const Example> examples, const TrainingOptions& options = {});
  ~Training();
  Training(Training&&) noexcept;
  Training& operator=(Training&&) = delete;

  // Learns one label of one round. In five rounds a fifth of the groups is held back each time, to
  // see on it how sure the model may be and which features weigh; the sixth learns from all. False
  // when all is done.
  bool step();
  double done() const;  // from 0 to 1
  // The model. Precondition: step() has given false. Null when the examples have fewer than two
  // labels.
  std::optional<Model> take();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// All of it at once.
std::optional<Model> train(std::span<const Example> examples, const TrainingOptions& options = {});

}  // namespace ln::triage
