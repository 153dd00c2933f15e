// What was answered and came back. Part of signals_of().
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "feature/insight/insight_signal.h"

namespace ln::insight {

// Of the cases whose last answer went out in the month, or in the days (the threshold) before it:
// those that the sender did not accept in the month, and those that a report of the month names
// within the days after the answer. A case counts once, however often it is named; and reports that
// are copies of one text count for one case together (engine/campaigns), because anybody can name
// forty published cases with one letter and would accuse an office by it.
struct CameBack {
  std::int64_t whole = 0;
  std::vector<std::int64_t> cases{};  // ascending
};
CameBack came_back(std::span<const SettledCase> settled,
                   const Period& month,
                   const SignalRule& rule);

}  // namespace ln::insight
