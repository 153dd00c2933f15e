// Takes what is late up the ladder (feedback_escalation.h), once a minute.
#pragma once

#include <cstdint>
#include <vector>

#include "base/random.h"
#include "feature/feedback/feedback.h"
#include "platform/db/db.h"

namespace ln::feedback {

// One turn in a transaction of its own: a bounded number of cases, in the order of the dates they
// missed. Returns how many went up; the caller comes back while there are any.
std::int64_t escalate_late(db::Database& database, Random& random, Instant now);
// The same inside a transaction that is running already, until nothing is left.
std::vector<FeedbackId> escalate_all_late(db::Write& write, Random& random, Instant now);

}  // namespace ln::feedback
