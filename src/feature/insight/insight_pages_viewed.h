// What people look at most, and what was solved lately.
#pragma once

#include "base/result.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::insight {

// GET /most-viewed : cases, drafts, dialogues and projects, of the last thirty days and of all
// time, and the cases whose senders closed them last.
Result<http::Response> most_viewed_page(const http::Request& request, db::Read& read, Instant now);

}  // namespace ln::insight
