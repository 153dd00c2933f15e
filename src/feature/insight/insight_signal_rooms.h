// Signs that a room was gone through for form's sake. Part of signals_of().
#pragma once

#include <cstddef>
#include <vector>

#include "feature/insight/insight_signal.h"

namespace ln::insight {

// Adds at most one signal of each kind. There is nothing of chance in it: each thing is counted,
// once, in the month in which its days of grace (the threshold) are over. Who is slow has these
// days; who does the thing within them is not accused, and who does it later stays so.
//
// - empty_dialogue: a session with part_min answered questions or more, and no commitment within
//   the days after it ended. False alarm: everything that was asked could be answered there and
//   then; the head says so, and the session is one click away.
// - idle_supervision: part_min findings that say flaw or breach, and no advice within the days
//   after the last of these; or advice not verified within the days after the day it was due. It is
//   about those who supervise, as much as about the unit. False alarm: the flaws were put right at
//   once; then advice that says so costs a sentence.
//   A correction or a new day counts when it came within the days of grace, not after them.
// - unread_disclosure: part_min items in a month, each posted only where few can read it until the
//   days after it was due, or pinned up there later still and not readable by the end of that
//   month; or entered so many days after it was due, or with a question that waited so long. What
//   is not posted at all is overdue, which the public page says. False alarm: a commune that begins
//   with the platform enters its old items late in the first month.
// - unmeasured_model: part_min models, not claimed within the days after the first day on which
//   they could be, or claimed in the month with too few cases. False alarm: a small commune has few
//   cases; a longer period, chosen when registering, is the cure.
void add_room_signals(std::vector<FoundSignal>& found,
                      std::size_t unit,
                      const UnitMonth& of,
                      const Period& month,
                      const SignalRules& rules);

}  // namespace ln::insight
