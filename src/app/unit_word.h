// The page of an office with what it has promised and what it owes: promises, advice of
// supervisors, disclosures, the next dialogue. Each room knows its own; they meet here.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::app {

// GET /units/{code}
Result<http::Response> unit_page(const http::Request& request, db::Read& read, Instant now);

}  // namespace ln::app
