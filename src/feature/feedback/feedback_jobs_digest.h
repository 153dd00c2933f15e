// The morning letter of an officer: what is due in their offices.
#pragma once

#include "base/time.h"
#include "platform/db/db.h"

namespace ln::feedback {

// Queues the digest of the day for everybody of the staff who wants one and has work to do: numbers
// alone, because it leaves the house. On working days from seven on, once a day whichever node does
// it. Returns how many.
std::int64_t queue_digests(db::Database& database, Instant now);

}  // namespace ln::feedback
