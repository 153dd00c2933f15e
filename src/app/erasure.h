// Finishing what an erasure began (decision 16). The request has emptied what people read; here
// salts and keys go, and then the last traces in the files. What is owed stands in the database, so
// that whatever stops the program, the next turn or the next start goes on.
#pragma once

#include <cstdint>

#include "base/time.h"
#include "platform/db/db.h"

namespace ln::app {

// Destroys, in the tables, what is left of cases that were erased, a few hundred at a time; returns
// how many. Cheap when there is nothing to do: for every turn.
std::int64_t destroy_erased(db::Database& database, Instant now);

// Makes what was destroyed unreadable in the database's files: the search index is written anew and
// the write-ahead log cut (on PostgreSQL: the tables are written anew). Returns for how many cases.
// Throws db::Failure (busy) when a reader does not end; what is owed stays owed.
std::int64_t scrub_erased(db::Database& database);

// Both, until nothing is owed: for commands and the sample.
void finish_erasures(db::Database& database, Instant now);

}  // namespace ln::app
