// How far a map can be trusted: would other people like these have drawn the same one, and does it
// say anything about a vote that nobody has seen yet? Published with every map.
//
// Both are measured on at most 8,192 people: those with the smallest marks (mark_of, which takes
// the place of a seed), so that anybody who has the file draws the same people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/opinion/opinion.h"

namespace ln::opinion {

inline constexpr std::size_t quality_people_max = 8'192;
inline constexpr std::size_t quality_halvings = 8;
inline constexpr std::size_t quality_folds = 5;

// The adjusted Rand index (Hubert, Arabie, J. Classification 2, 1985, 193–218) of two groupings of
// the same people: 1 when they agree, about 0 when they agree no more than chance would. Only who
// stands in a group of both counts. Two groupings of one group each agree.
double adjusted_rand(std::span<const std::uint8_t> left, std::span<const std::uint8_t> right);

struct Quality {
  std::uint64_t people = 0;  // looked at

  // Stability. Eight times the people are cut in two halves (by bits 0 to 7 of their marks); each
  // half draws its own map, from the tables to the number of groups, and both maps place everybody.
  // `agreement` holds the adjusted Rand index of each pair, rounded to six digits, the least first.
  std::vector<double> agreement;
  double agreement_median = 0;
  std::size_t same_number = 0;  // of the 2 · 8 maps, how many have as many groups as the whole map

  // Prediction. Votes are dealt into five heaps by mixed(mark of the person ^ mark of the
  // statement) mod 5; each heap is hidden in turn, the map drawn without it, and each hidden vote
  // of whoever still has a place is predicted twice: by the mean of all visible votes on the
  // statement (one pass added), and by that of the person's group (four votes of everybody's mean
  // added). gain = 1 − squared error by group / squared error by everybody, rounded to six digits.
  // 0: the groups say nothing. Below 0: they mislead.
  std::uint64_t hidden_votes = 0;
  double gain = 0;
};

// `map` is the map of all these votes.
Quality quality_of(const Votes& votes, const Map& map, const Workers& workers);

}  // namespace ln::opinion
