// The inside of a model. For the wings of triage only.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/triage/triage.h"
#include "engine/triage/triage_features.h"

namespace ln::triage {

// idf as it is kept: in sixteenths, in one byte.
inline constexpr double idf_steps = 16;

struct Model::Parts {
  std::vector<std::string> labels;
  float temperature = 1, threshold = 2;
  std::vector<float> bias, scale;    // one for each label; a weight is `scale` times its byte
  std::vector<std::uint64_t> kept;   // one bit for each bucket
  std::vector<std::uint32_t> rank;   // kept buckets before each word of `kept`
  std::vector<std::uint8_t> idf;     // one for each kept bucket, in their order
  std::vector<std::int8_t> weights;  // `stride` for each kept bucket
  std::size_t stride = 0;            // labels, rounded up to whole vectors

  void count_ranks();  // and `stride`
  bool keeps(std::uint32_t bucket) const { return (kept[bucket >> 6] >> (bucket & 63) & 1) != 0; }
  // Which of the kept it is. Precondition: keeps(bucket).
  std::uint32_t row_of(std::uint32_t bucket) const {
    const std::uint64_t below = kept[bucket >> 6] & ((std::uint64_t{1} << (bucket & 63)) - 1);
    return rank[bucket >> 6] + static_cast<std::uint32_t>(__builtin_popcountll(below));
  }
  bool is_characters(std::uint32_t row) const { return row >= rank[rank.size() / 2]; }
};

inline constexpr std::size_t vector_size = 8;  // labels done at once

// How often each kept feature stands in a key.
struct Counted {
  std::uint32_t row = 0, count = 0;
};
std::vector<Counted> count_rows(const Model::Parts& parts, std::string_view key);
// (1 + ln count) · idf.
float weight_of(const Model::Parts& parts, const Counted& counted);
// The decision value of each label.
std::vector<float> decide(const Model::Parts& parts, std::string_view key);
// Those of `values` that stand at `which`.
std::vector<float> chosen(const std::vector<float>& values, const std::vector<std::size_t>& which);
// "place/" of "place/road"; empty when there is none.
std::string_view family_of(std::string_view label);
// Probabilities of one whole.
std::vector<double> softmax(const std::vector<float>& values, double temperature);

}  // namespace ln::triage
