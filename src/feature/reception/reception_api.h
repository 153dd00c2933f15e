// Days of reception for machines.
//
//   GET /api/v1/receptions      days to come with free places; ?from= goes on, ?unit= of one unit
#pragma once

#include "base/result.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::reception {

// Nothing about who booked. Refuses (not_found) a unit that is not there today.
Result<http::Response> list_api(const http::Request& request, db::Read& read, Instant now);

}  // namespace ln::reception
