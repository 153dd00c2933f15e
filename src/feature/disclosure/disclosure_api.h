// Disclosures for machines: what their public pages tell, and no more (docs/formats/api.md).
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::disclosure {

// GET /api/v1/disclosures: the newest first; ?unit= (code, with those below). Refuses (not_found)
// an unknown one.
Result<http::Response> list_api(const http::Request& request, db::Read& read, Instant now);
// GET /api/v1/disclosures/{id}: with all postings and questions; fewer openings than the floor are
// null. Refuses (not_found).
Result<http::Response> item_api(const http::Request& request, db::Read& read, Instant now);

}  // namespace ln::disclosure
