// One row that is written again and again: the only way to know that writing works is to write.
#pragma once

#include "base/time.h"
#include "platform/db/db.h"

namespace ln::db {

// Returns when the row is durable. Throws Failure when it cannot be stored: disk full, read-only,
// the database gone.
void beat(Database& database, Instant now);

}  // namespace ln::db
