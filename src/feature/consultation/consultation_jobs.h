// What time does to consultations. Each is one turn of a job.
#pragma once

#include <cstdint>

#include "base/time.h"
#include "platform/db/db.h"

namespace ln::consultation {

// Draws the maps of open consultations anew in which something was said since the last one; closed
// ones keep theirs. Returns how many.
std::int64_t draw_maps(db::Database& database, Instant now);

}  // namespace ln::consultation
