// What time does: counting what nobody voted in on paper, and doing away with the order of votes.
#pragma once

#include <cstdint>

#include "base/time.h"
#include "platform/db/db.h"

namespace ln::ballot {

// Writes the rows of ballots that are over anew, then counts those without paper; returns how many
// were counted. One that cannot be counted keeps no other from it. Several nodes may try.
std::int64_t count_due(db::Database& database, Instant now);
// Writes the files of the database anew after a count, so that nothing in them tells in which order
// the ballots came. On PostgreSQL it holds the tables: called at night.
void mix_counted(db::Database& database);

}  // namespace ln::ballot
