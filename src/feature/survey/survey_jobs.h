// What the clock does: draws the samples whose head has come, and closes what is over.
#pragma once

#include <cstdint>

#include "platform/db/db.h"

namespace ln::survey {

// Both take a bounded number at once and give how many they did.
std::int64_t draw_due(db::Database& database, Instant now);
std::int64_t close_due(db::Database& database, Instant now);

}  // namespace ln::survey
