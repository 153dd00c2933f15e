// What time does to projects: an erased file loses what opens its lines of the ledger.
#pragma once

#include <cstdint>

#include "platform/db/db.h"

namespace ln::project {

// Destroys what opens the lines of files that were erased, at most `limit` of them; gives how many.
std::int64_t destroy_erased(db::Write& write,
                            const db::Erasure& permission,
                            std::int64_t limit,
                            Instant now);

}  // namespace ln::project
