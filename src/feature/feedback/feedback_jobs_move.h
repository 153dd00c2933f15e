// What time does when the units change: on the day of a reorganisation roles and cases follow.
#pragma once

#include <cstdint>

#include "base/random.h"
#include "base/time.h"
#include "platform/db/db.h"

namespace ln::feedback {

// One turn: a bounded number of cases in one transaction, oldest event first; the first turn of an
// event gives the roles. Returns how much it did; 0 when nothing is due or left. How far it has
// come stands in the row of the event and is compared inside the transaction: a turn that broke off
// is done again from there, and of two nodes one finds that the other was faster. For an hour after
// midnight an event is looked at again and again, since what was being sent while the day changed
// may come in late.
std::int64_t follow_reorganisation(db::Database& database, Random& random, Instant now);

// Says in the public log what the command line announced (feedback_actions_reorganise.h). Returns
// how many events.
std::int64_t say_reorganisations(db::Database& database, Instant now);

// Whether an event has begun that still has cases to move; else once a minute is soon enough.
bool is_reorganising(db::Database& database, Instant now);

}  // namespace ln::feedback
