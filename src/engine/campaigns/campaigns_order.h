// The longest common subsequence of words, many at a time: 64 of them in one machine word.
//
// Hyyrö: Bit-parallel LCS-length computation revisited (2004). A pattern is a row of columns, each
// of which accepts some words: one for a plain text, several for a template.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "engine/campaigns/campaigns_words.h"

namespace ln::campaigns {

class Pattern {
 public:
  explicit Pattern(std::size_t columns);
  explicit Pattern(std::span<const Hash> words);

  void accept(std::size_t column, Hash word);
  std::size_t columns() const { return columns_; }

  // How many words of `text` stand in columns that accept them, in order.
  std::size_t common(std::span<const Hash> text) const;
  // For each word of `text` the column it stands in, or `none`; as many as common() says.
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  std::vector<std::uint32_t> aligned(std::span<const Hash> text) const;

 private:
  const std::uint64_t* mask_of(Hash word) const;
  void step(std::uint64_t* row, const std::uint64_t* mask) const;

  std::size_t columns_, limbs_;
  std::vector<Hash> keys_;             // an open table of words; 0 is a free place
  std::vector<std::uint32_t> values_;  // where the mask of the word begins
  std::size_t used_ = 0;
  std::vector<std::uint64_t> masks_;
  void grow();
  std::size_t slot_of(Hash word) const;
};

// 2·LCS / (words of both), from 0 to 1.
double order_likeness(const Pattern& a, std::span<const Hash> b);

}  // namespace ln::campaigns
