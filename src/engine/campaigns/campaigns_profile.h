// Many texts of one template, word under word.
//
// Each text is aligned with the columns of those before it (a progressive alignment, scored by how
// common a word is in a column), then again with the columns of all others, so that what came
// first has no say. Columns that nearly nobody uses are dropped. What comes out depends on the
// order of the members, which the caller fixes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/campaigns/campaigns_order.h"
#include "engine/campaigns/campaigns_words.h"

namespace ln::campaigns {

struct Column {
  std::vector<std::pair<Hash, int>> words;  // with how many members have them here
  int present = 0;                          // members with any word here

  int count_of(Hash word) const;
  void add(Hash word, int by);
};

struct Profile {
  static constexpr std::uint32_t aside = 0xFFFFFFFF;
  std::vector<Column> columns;
  std::vector<std::vector<std::uint32_t>> rows;  // for each member, the column of each word

  std::size_t members() const { return rows.size(); }
  // Accepts, in each column, the words that at least `least` members have there.
  Pattern pattern(int least) const;
};

// Precondition: each member has words.
Profile profile_of(std::span<const std::vector<Hash>> members);

}  // namespace ln::campaigns
