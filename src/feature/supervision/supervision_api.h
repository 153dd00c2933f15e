// Supervision programmes for machines: what their public pages tell, and no more
// (docs/formats/api.md). Of a case that was drawn only its number in the frame.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::supervision {

// GET /api/v1/supervision: the newest first.
Result<http::Response> list_api(const http::Request& request, db::Read& read, Instant now);
// GET /api/v1/supervision/{id}: how it was drawn, how many findings of what, and advice. Refuses
// (not_found).
Result<http::Response> programme_api(const http::Request& request, db::Read& read, Instant now);

}  // namespace ln::supervision
