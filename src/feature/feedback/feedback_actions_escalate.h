// One case goes up one rung of the ladder (feedback_escalation.h).
//
// In the ledger it is an `assigned` entry of the clock whose `cat` is "escalated" (to the unit
// above) or "supervised"; it changes neither state nor due date (decision 22).
#pragma once

#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_escalation.h"

namespace ln::feedback {

// False when there is nothing to do: the case is answered, erased, paused, has another date by now,
// is on the rung already, or is protected and the rung leads to supervisors. Refuses what the
// ledger refuses.
Result<bool> escalate(
    db::Write& write, FeedbackId id, const Rung& rung, const ledger::Salts& salts, Instant now);

}  // namespace ln::feedback
