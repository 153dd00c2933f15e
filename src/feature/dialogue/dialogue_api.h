// Dialogues for machines: what their public pages tell, and no more (docs/formats/api.md).
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::dialogue {

// GET /api/v1/dialogues: the newest first.
Result<http::Response> list_api(const http::Request& request, db::Read& read);
// GET /api/v1/dialogues/{id}: with what happened, how many questions, and promises. Refuses
// (not_found).
Result<http::Response> session_api(const http::Request& request, db::Read& read, Instant now);
// GET /api/v1/dialogues/{id}/questions: in the order of the page, which moves with support; "next"
// is a place in it. Words that are hidden or withdrawn are not told.
Result<http::Response> questions_api(const http::Request& request, db::Read& read);

}  // namespace ln::dialogue
