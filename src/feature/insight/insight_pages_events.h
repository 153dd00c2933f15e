// What the ledger has recorded, by kind, and what was erased, by day and reason.
#pragma once

#include "platform/http/http.h"

namespace ln::insight {

// GET /figures/events : what was recorded in the thirty days until Sunday, and the newest days on
// which something was erased.
Result<http::Response> events_page(const http::Request& request, db::Read& read, Instant now);

// GET /figures/erasures.csv : day, reason, count of erased cases, from the beginning to yesterday.
Result<http::Response> erasures_csv(const http::Request& request, db::Read& read, Instant now);

}  // namespace ln::insight
