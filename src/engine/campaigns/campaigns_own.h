// What of a text is its own, and what it quotes.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/campaigns/campaigns.h"
#include "engine/campaigns/campaigns_words.h"

namespace ln::campaigns {

// A letter to compare edits with.
class Letter {
 public:
  explicit Letter(std::string_view text);
  // For each of `words` whether it stands in three neighbouring ones that stand in the letter too.
  std::vector<bool> knows(const Words& words) const;
  // The share of the three-word shingles of the shorter text that stand in both.
  double contained(const Words& words) const;

 private:
  std::vector<Hash> triples_;  // ascending
};

// The places of at least three words in a row, or nearly in a row, that are not `known`: of all
// such places those where words not known outnumber known ones by three or more.
std::vector<Span> own_spans(const Words& words, const std::vector<bool>& known);

// Whether nearly all known words stand between quotation marks or in lines that begin with ">",
// and at least eight that are not known stand outside.
bool is_quotation(std::string_view text, const Words& words, const std::vector<bool>& known);

// Which letters other texts quote: by six neighbouring words.
class Quotes {
 public:
  void add(std::uint32_t group, std::string_view letter);
  struct Found {
    std::uint32_t group = no_group;
    std::vector<Span> spans;
  };
  // At least twelve words in a row of one letter; of several letters the one quoted most.
  Found find(const Words& words) const;

 private:
  std::unordered_map<Hash, std::uint32_t> groups_;  // the group first added, of each six words
};

}  // namespace ln::campaigns
