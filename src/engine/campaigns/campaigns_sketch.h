// One-permutation MinHash: a text's shingles as a fixed number of small minima.
//
// Li, Owen, Zhang: One Permutation Hashing (2012); empty places are filled as in Shrivastava:
// Optimal Densification for Fast and Accurate Minwise Hashing (2017). Two sketches agree at a place
// with a probability near the Jaccard similarity of the two sets of shingles.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/campaigns/campaigns_words.h"

namespace ln::campaigns {

inline constexpr std::size_t places = 128;
// Two sketches are looked at when they agree at both places of one band.
inline constexpr std::size_t rows_in_band = 2, bands = places / rows_in_band;
using Triples = std::array<std::uint16_t, places>;  // of three neighbouring words
using Pairs = std::array<std::uint8_t, places>;     // of two

struct Sketches {
  Triples triples;
  Pairs pairs;
};

// Precondition: at least three words.
Sketches sketches_of(std::span<const Hash> words);

// At how many places they agree.
int agreeing(const Triples& a, const Triples& b);
int agreeing(const Pairs& a, const Pairs& b);

// The likeness (Jaccard) of the triples behind two sketches that agree at `agreeing` places.
double likeness(int agreeing);
// The share of the smaller set that stands in the larger one, for texts of so many words.
double contained(int agreeing, std::size_t words_a, std::size_t words_b);

}  // namespace ln::campaigns
