// What time does to the texts that are held.
#pragma once

#include "base/random.h"
#include "platform/db/db.h"

namespace ln::feedback {

// Erases those held for longer than held_kept_for; an entry of the clock says so. Returns how many.
std::int64_t expire_held(db::Database& database, Random& random, Instant now);

// Destroys what opens the lines of those that were erased. Within an erasure only. Returns how
// many.
std::int64_t destroy_held(db::Write& write, const db::Erasure& permission, Instant now);

}  // namespace ln::feedback
