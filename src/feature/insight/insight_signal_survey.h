// Signs that a survey was stuffed. Part of signals_of().
#pragma once

#include <cstddef>
#include <vector>

#include "feature/insight/insight_signal.h"

namespace ln::insight {

// Adds at most one signal of each kind: of several surveys that which chance explains least.
//
// Nothing here is an equation for what a few people said: no count below ten is kept, and means are
// rounded.
//
// - survey_burst: the most slips of one cluster within a minute, against all slips thrown on the
//   days it was open (stats::scan_at_least), a minute counting five times because people answer by
//   day.
// - survey_staff: the points given where staff see them, against those on slips. A mean of scores
//   between 0 and 1 spreads less than a share of the same size, so Fisher's exact test on the sums
//   of points raises rather too little. People count in whole tens and means in steps of five
//   points; the difference before rounding must reach the threshold too.
// - survey_picked: of those to be asked, how many answered in clusters above the mean of all slips,
//   against clusters that are not. Of a cluster in which fewer than ten have a score no mean is
//   known; it is in neither group, as a hamlet that is hard to reach accuses nobody.
void add_survey_signals(std::vector<FoundSignal>& found,
                        std::size_t unit,
                        const UnitMonth& of,
                        const SignalRules& rules);

}  // namespace ln::insight
