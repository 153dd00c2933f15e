// Figures read by the units of another day: what was counted by today's units, told by those before
// a reorganisation, or what stands under old names, told by the new ones. Pure.
//
// A case whose unit of that day is not known is counted as undetermined, and never guessed.
//
// Two readings of the same cases can be subtracted from each other. So what lies between them is
// never less than the floor: of groups that one reading adds up and the other tells apart, those
// with fewer than five cases that were answered or should have been are pooled, and with them the
// next larger group, until there are five or none (complementary suppression, as statistical
// offices do it).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "feature/insight/insight.h"

namespace ln::insight {

// Cases that one unit has in hand, and that one other unit had before.
struct MovedCounts {
  std::int64_t unit = 0;
  std::optional<units::Unit> then{};  // of the day that is asked for; null: undetermined
  Counts counts{};
};

struct Reading {
  std::vector<UnitCounts> units{};  // in the order in which they were met, without ratings
  Counts undetermined{};
  Counts pooled{};  // known, but too few to be told apart
  Counts all{};     // the sum of everything above
};
Reading read_by_units(const std::vector<MovedCounts>& groups);

}  // namespace ln::insight
