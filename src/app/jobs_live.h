// What changes while somebody looks at a page: brought to those who listen.
#pragma once

#include "base/time.h"
#include "platform/db/db.h"
#include "platform/http/server.h"

namespace ln::app {

// The figures of the home page and of the reports.
void tell_figures(db::Database& database, http::Broadcast& broadcast, Instant now);
// Who is asked now and next in dialogues that are live.
void tell_queues(db::Database& database, http::Broadcast& broadcast);

}  // namespace ln::app
