// Brings the due dates of open cases to the calendar as it is now, a bounded number in each turn.
#pragma once

#include <cstdint>

#include "base/random.h"
#include "base/time.h"
#include "platform/db/db.h"

namespace ln::feedback {

// One turn; returns how many cases it looked at, 0 when there is nothing to do. Each case is
// counted once for a revision of the calendar, whichever node does it: the row says by which it was
// counted. After a change it goes through all open cases, and once more a minute later: another
// node that had not yet heard of the change may have taken in a case meanwhile.
std::int64_t recount_open(db::Database& database, Random& random, Instant now);

}  // namespace ln::feedback
