// What time does to sessions. Each is one turn of a job.
#pragma once

#include <cstdint>

#include "platform/db/db.h"
#include "platform/http/server.h"

namespace ln::dialogue {

// Tells those who look at the queue of a live session who is asked now and next, when that changed.
void tell_queues(db::Database& database, http::Broadcast& broadcast);

// Empties what was kept of networks in sessions that take no more support, and has the files
// written anew. Gives how many sessions.
std::int64_t forget_networks(db::Database& database);

}  // namespace ln::dialogue
