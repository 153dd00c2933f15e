// What time does to the ledger: heads are published at fixed ticks.
#pragma once

#include <chrono>

#include "base/time.h"
#include "platform/db/db.h"

namespace ln::ledger {

inline constexpr std::chrono::minutes tick_default{10};

// Publishes the newest head at once: at each start, and when a sample is made.
void publish_now(db::Database& database, Instant now);

// Publishes the newest head at the last full tick, unless that tick was published before. Ticks are
// counted from the beginning of Unix time, so all nodes agree on them. A tick in which nothing
// happened is published too: silence is to be seen.
void publish_tick(db::Database& database, std::chrono::minutes every, Instant now);

}  // namespace ln::ledger
