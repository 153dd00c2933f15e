// How much two texts say the same, and how to find those that do among many.
//
// A text becomes the set of its pairs of neighbouring syllables, folded as dedup_key folds them;
// two sets are alike by the share of what they have in common (Jaccard). MinHash finds candidates
// without comparing all with all (Broder, On the Resemblance and Containment of Documents, 1997):
// two sets share a band of two minima with probability 1 − (1 − j²)⁸, which is 0.9 at j = 0.5 and
// 0.08 at j = 0.1; what is found is then compared exactly.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ln::text {

using Shingles = std::vector<std::uint64_t>;  // ascending, all different

// Pairs of neighbouring syllables; of a text of one syllable, that.
Shingles pairs_of(std::string_view text);
// The syllables that carry sense: without the commonest of Vietnamese and English, and without
// numbers of one or two digits.
Shingles syllables_of(std::string_view text);

// From 0 to 1; 0 when either is empty.
double likeness(const Shingles& a, const Shingles& b);

inline constexpr std::size_t band_count = 8;
// Keys that texts which are much alike share at least one of. Empty sets have none that mean
// anything: do not ask.
std::array<std::int64_t, band_count> bands_of(const Shingles& shingles);

// Words of `text` that also stand in `other` and carry sense, as they are folded there, in the
// order of `text`, at most `count_max`.
std::vector<std::string> shared_words(std::string_view text,
                                      std::string_view other,
                                      std::size_t count_max);

}  // namespace ln::text
