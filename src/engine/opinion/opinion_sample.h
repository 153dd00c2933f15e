// Votes with known truth, for measuring: who belongs together is decided before anybody votes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "engine/opinion/opinion_votes.h"

namespace ln::opinion {

struct SamplePlan {
  std::size_t people = 1'000;
  std::size_t statements = 100;
  std::size_t votes_each = 40;  // on average; who votes on what is drawn evenly
  std::size_t groups = 3;
  std::uint64_t seed = 1;
};

// Person i belongs to group i mod groups and is called by the number i. Of each five statements
// three say nothing of the group; on the others each group is for, against or undecided. Whoever is
// for or against votes so four times of five. The same plan gives the same votes.
Votes sample_votes(const SamplePlan& plan);

}  // namespace ln::opinion
