// What time does: the draw. Nobody presses a button for it, so nobody can wait for a better head.
#pragma once

#include <cstdint>

#include "base/time.h"
#include "platform/db/db.h"

namespace ln::supervision {

// Draws every programme whose head has been published; returns how many. Several nodes may try.
std::int64_t draw_due(db::Database& database, Instant now);

}  // namespace ln::supervision
