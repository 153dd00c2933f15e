// Hanoi, 1 July 2025, once more: in June people write to the old communes of 2018; on the day the
// event moves what they sent to the 126 new ones; in July it is answered there. All of it is closed
// since, so that nobody's queue begins with it.
#pragma once

#include <cstddef>

#include "base/random.h"
#include "base/time.h"
#include "core/units/units_actions.h"
#include "platform/db/db.h"

namespace ln::app {

struct SampleReplay {
  std::size_t cases = 0, acts = 0;
  std::size_t moved = 0, undetermined = 0;  // undetermined: nobody has settled them to this day
};

// How many of `case_count` cases are of that June: one in a hundred, in a sample that is large
// enough and whose other cases begin, at `beginning`, some months later; else none.
std::size_t replayed_in(std::size_t case_count, Instant beginning);

// Monday, 23 June 2025, in the morning: when the first of them is sent.
inline constexpr Instant replay_begins =
    at_local(units::two_tier_day - std::chrono::days(8), std::chrono::hours(8));

// Plays `count` cases from replay_begins on; `clock` moves along. Precondition: the real units and
// the topics are installed, and the ledger is no further than replay_begins. Throws
// std::logic_error when an act is refused, which is a fault of the sample.
SampleReplay replay_reorganisation(db::Database& database,
                                   Instant& clock,
                                   std::size_t count,
                                   Random& random);

}  // namespace ln::app
