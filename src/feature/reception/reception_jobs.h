// What time does to turns: their words go, and then what opens their lines of the ledger.
#pragma once

#include <cstdint>

#include "base/random.h"
#include "platform/db/db.h"

namespace ln::reception {

// Takes the words of turns that were kept long enough, with a line each. Gives how many.
std::int64_t forget_words(db::Database& database, Random& random, Instant now);

// Destroys what opens the lines of turns that were erased, at most `limit` of them; gives how many.
std::int64_t destroy_erased(db::Write& write,
                            const db::Erasure& permission,
                            std::int64_t limit,
                            Instant now);

// Hands days whose unit a reorganisation ended to whoever took over (reception_actions_follow.h):
// all that there are, each in a transaction of its own. What is done is seen by the rows
// themselves, so running it again, or on two nodes at once, does nothing twice; a day that nobody
// takes over stays where it is and is looked at again; one that fails stands in the log by its
// number. Gives how many went. A ledger that is stopped leaves the rest for the next time.
std::int64_t follow_units(db::Database& database, Instant now);

}  // namespace ln::reception
