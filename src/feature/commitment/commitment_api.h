// Commitments for machines: what their public pages tell, and no more (docs/formats/api.md).
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::commitment {

// GET /api/v1/commitments: the newest first; ?unit= (code, with those below) and ?state= (a word of
// State, or "overdue", "changed"). Refuses (invalid) an unknown one beside its name.
Result<http::Response> list_api(const http::Request& request, db::Read& read, Instant now);
// GET /api/v1/commitments/{id}: with its history. Nothing of who asked. Refuses (not_found).
Result<http::Response> commitment_api(const http::Request& request, db::Read& read, Instant now);

}  // namespace ln::commitment
