// The public facts of the ledger (core/ledger/ledger_public.h) for people and machines. Shown is
// what the published head covers, and nothing after it: a line that was just written would tell
// when others were.
#pragma once

#include "base/result.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::insight {

// GET /ledger/facts: the newest first; ?before= is a line of the log.
Result<http::Response> facts_page(const http::Request& request, db::Read& read);
// GET /ledger/facts/{line}: one of them, as a table. 404 where no public fact is published.
Result<http::Response> fact_page(const http::Request& request, db::Read& read);
// GET /api/v1/facts: the same list as JSON, each fact as it stands in its line.
Result<http::Response> facts_api(const http::Request& request, db::Read& read);

}  // namespace ln::insight
