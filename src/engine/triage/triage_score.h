// How good a model is, measured on examples it has not learned from.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "engine/triage/triage.h"

namespace ln::triage {

// What a model decided for an example, and the place of the label it should have found.
struct Decided {
  std::vector<float> values;
  std::size_t label = 0;
};

// The temperature between 0.05 and 20 with the least log-loss, found by golden section over its
// logarithm. Precondition: not empty.
double best_temperature(std::span<const Decided> decided);
// The least probability above which at least `wanted` of the likeliest labels are right, over at
// least ten of them; 2 when there is none.
double least_sure(std::span<const Decided> decided, double temperature, double wanted);

// One label's errors; the usual F1 = 2·right / (2·right + wrongly given + missed).
struct LabelScore {
  std::string label;
  std::size_t examples = 0, right = 0, given = 0;
  double f1() const;
};

struct Score {
  std::vector<LabelScore> labels;  // in their order
  std::size_t examples = 0, right = 0;
  std::size_t suggested = 0, suggested_right = 0;  // where the model did not abstain
  double log_loss = 0;                             // mean, natural logarithm
  // Mean of the squared differences between the probabilities and the truth, summed over the labels
  // of the family, from 0 to 2 (Brier, Verification of Forecasts Expressed in Terms of Probability,
  // 1950).
  double brier = 0;
  // How far the probability of the likeliest label is from the share of those that were right: the
  // mean over ten ranges of equal width, weighed by their examples (expected calibration error; Guo
  // et al., as in triage.h).
  double calibration_error = 0;

  double accuracy() const;
  double weighted_f1() const;  // the mean over labels, weighed by their examples
  double macro_f1() const;
  // The same without the labels that end in "other", which say only what a text is not about. What
  // was wrongly given to the others still counts against them.
  double macro_f1_named() const;
  double coverage() const;   // share of examples where something is suggested
  double precision() const;  // share of the suggestions that are right
};

// Each example is asked about within the family of its label. Examples whose label the model does
// not know count as errors.
Score score(const Model& model, std::span<const Example> examples);
// As if the examples of all had been asked about at once. Counts are added, means are weighed by
// examples; the calibration error of the whole is at most what is given here.
Score together(std::span<const Score> scores);

}  // namespace ln::triage
