// Feedback for machines: the same actions as the pages, in JSON (docs/formats/api.md, and for
// programs data/api/openapi.json). Other people's scripts rely on what stands here.
//
// Nobody is known by a cookie here, so there is nothing a foreign page could make a browser do: who
// acts on a case sends its secret in X-Feedback-Secret. A wrong secret, none, and a code that does
// not exist are answered alike.
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "core/people/people_citizen_session.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::feedback {

// POST /api/v1/feedback: 201 with code, secret, due date and receipt. With an Idempotency-Key, the
// same body under the same key gets the same answer again, another body 409.
Result<http::Pending> submit_api(const http::Request&, db::Read&, Random&, Instant now);

// GET /api/v1/feedback/{code}: what everybody may know of a case, or all of it with its secret.
Result<http::Response> case_api(const http::Request&, db::Read&, Instant now);
// GET /api/v1/feedback: published cases, newest first, or what a search finds.
Result<http::Response> register_api(const http::Request&, db::Read&, Instant now);

// POST /api/v1/feedback/{code}/…: what the holder of the secret may do.
Result<http::Pending> accept_api(const http::Request&, db::Read&, Random&, Instant now);
Result<http::Pending> reopen_api(const http::Request&, db::Read&, Random&, Instant now);
Result<http::Pending> contest_api(const http::Request&, db::Read&, Random&, Instant now);
Result<http::Pending> erase_api(const http::Request&, db::Read&, Random&, Instant now);
Result<http::Pending> reply_api(const http::Request&, db::Read&, Random&, Instant now);

// GET /api/v1/topics, /units and /procedures: the words a case is sent with.
Result<http::Response> topics_api(const http::Request&, db::Read&);
Result<http::Response> units_api(const http::Request&, db::Read&, Instant now);
Result<http::Response> procedures_api(const http::Request&, db::Read&, Instant now);

// GET /api/v1/openapi.json: the description of all this.
Result<http::Response> description_api(const http::Request&);

}  // namespace ln::feedback
