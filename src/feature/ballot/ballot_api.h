// Decisions by households for machines: what their public pages tell, and no more
// (docs/formats/api.md). Until it is counted nothing is told of who voted or how many.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::ballot {

// GET /api/v1/ballots: the newest first.
Result<http::Response> list_api(const http::Request& request, db::Read& read, Instant now);
// GET /api/v1/ballots/{id}: announced, and once counted its results; fewer objections than the
// floor are null. Refuses (not_found).
Result<http::Response> ballot_api(const http::Request& request, db::Read& read, Instant now);

}  // namespace ln::ballot
