// The third tier: mail-merge families.
//
// Two texts made from one template share few shingles (Jaccard of word pairs about 0.1), but their
// words stand in one order: the ratio of the longest common subsequence is about 0.4, and below
// 0.17 for nearly all texts that have nothing to do with each other. So: sketches of word pairs
// name candidates loosely, the order of words decides, and only against two texts. From those that
// pass a profile is made (campaigns_profile.h); from then on the profile decides: a text belongs
// when seven of ten of its words stand in order in columns where at least two others have them.
// Eight letters about the same subject make no family, because their words do not support each
// other.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/campaigns/campaigns_order.h"
#include "engine/campaigns/campaigns_table.h"

namespace ln::campaigns {

struct Family {
  std::vector<std::uint32_t> forms;   // its members, ascending
  std::vector<std::uint32_t> sample;  // of them, those that made the template
  Pattern pattern{0};
  Template made;
};

// `letters` as letters_of gives them: what a letter joins, its edits join with it.
std::vector<Family> families_of(const Table& table,
                                const Sorted& sorted,
                                const std::vector<std::uint32_t>& letters,
                                const Texts& texts,
                                const Share& share,
                                const Progress& progress);

}  // namespace ln::campaigns
