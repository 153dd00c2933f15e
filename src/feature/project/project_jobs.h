// What time does to projects: letters that were printed again come into force, and an erased file
// loses what opens its lines of the ledger.
#pragma once

#include <cstdint>

#include "base/random.h"
#include "base/time.h"
#include "platform/db/db.h"

namespace ln::project {

// Puts in force each letter that was printed again, whose time has come and that nobody stopped:
// the earlier secret stops, and what follows stands in a chain of its own. Gives how many.
std::int64_t put_letters_in_force(db::Database& database, Random& random, Instant now);

// Destroys what opens the lines of files that were erased, at most `limit` of them; gives how many.
std::int64_t destroy_erased(db::Write& write,
                            const db::Erasure& permission,
                            std::int64_t limit,
                            Instant now);

}  // namespace ln::project
