// What time does: counting what nobody voted in on paper, and doing away with the order of votes.
#pragma once

#include <cstdint>

#include "base/time.h"
#include "platform/db/db.h"

namespace ln::ballot {

// Counts ballots that are over and have no paper; returns how many. Several nodes may try.
std::int64_t count_due(db::Database& database, Instant now);
// Writes the files of the database anew after a count, so that nothing in them tells in which order
// the ballots came. On PostgreSQL it holds the tables: called at night.
void mix_counted(db::Database& database);

}  // namespace ln::ballot
