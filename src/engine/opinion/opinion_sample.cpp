#include "engine/opinion/opinion_sample.h"

#include <string>

namespace ln::opinion {
namespace {

// splitmix64: each number follows from the one before.
struct Numbers {
  std::uint64_t state = 0;
  std::uint64_t next() { return mixed(state += 0x9E3779B97F4A7C15u); }
};

Said drawn(std::uint64_t bits, int lean) {
  // Of ten: two pass or err, the others as they lean.
  const std::uint64_t ten = bits % 10;
  if (lean == 0) return ten < 4 ? Said::agree : ten < 8 ? Said::disagree : Said::pass;
  if (ten == 8) return Said::pass;
  return (ten < 8) == (lean > 0) ? Said::agree : Said::disagree;
}

}  // namespace

Votes sample_votes(const SamplePlan& plan) {
  std::vector<std::string> ids;
  for (std::size_t j = 0; j < plan.statements; ++j) ids.push_back(std::to_string(j));
  Votes votes(std::move(ids));
  // How each group leans on each statement.
  std::vector<int> leans(plan.groups * plan.statements, 0);
  for (std::size_t j = 0; j < plan.statements; ++j)
    for (std::size_t group = 0; group < plan.groups; ++group) {
      const std::uint64_t bits = mixed(plan.seed * 1'000'003 + j * plan.groups + group);
      leans[group * plan.statements + j] = j % 5 < 3
                                               ? static_cast<int>(mixed(plan.seed + j) % 3) - 1
                                               : static_cast<int>(bits % 3) - 1;
    }
  std::vector<Vote> row;
  // The gap to the next statement voted on is drawn evenly from 1 to 2 · statements / votes − 1.
  const std::size_t widest = std::max<std::size_t>(1, 2 * plan.statements / plan.votes_each - 1);
  for (std::size_t i = 0; i < plan.people; ++i) {
    Numbers numbers{mixed(plan.seed) ^ mixed(i + 1)};
    row.clear();
    const int* const lean = leans.data() + i % plan.groups * plan.statements;
    for (std::size_t j = numbers.next() % widest; j < plan.statements;) {
      const std::uint64_t bits = numbers.next();
      row.emplace_back(j, drawn(bits & 0xFFFFFFFF, lean[j]));
      j += 1 + (bits >> 32) % widest;
    }
    votes.add(std::to_string(i), row);
  }
  return votes;
}

}  // namespace ln::opinion
