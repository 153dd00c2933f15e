// Rating for machines.
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_citizen_session.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::satisfaction {

// POST /api/v1/feedback/{code}/ratings with X-Feedback-Secret:
// {"score": 1–5, "solved": true, false, "yes", "partly" or "no", "reasons": […], "text": "…"}.
// 201 for the first rating, 200 for a changed one, with what stands now.
Result<http::Pending> rating_api(const http::Request&, db::Read&, Random&, Instant now);

}  // namespace ln::satisfaction
