// The second tier: letters with edits.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/campaigns/campaigns_table.h"

namespace ln::campaigns {

// For each form the one it is an edit of, or itself. No chains: what is named is named by itself.
std::vector<std::uint32_t> letters_of(const Table& table,
                                      const Sorted& sorted,
                                      const Share& share,
                                      const Progress& progress);

}  // namespace ln::campaigns
