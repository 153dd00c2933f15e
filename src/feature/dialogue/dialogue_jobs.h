// What time does to sessions. Each is one turn of a job.
#pragma once

#include "platform/db/db.h"
#include "platform/http/server.h"

namespace ln::dialogue {

// Tells those who look at the queue of a live session who is asked now and next, when that changed.
void tell_queues(db::Database& database, http::Broadcast& broadcast);

}  // namespace ln::dialogue
