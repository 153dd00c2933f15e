// Sending, for people: one idea a page, each page an address of its own, nothing lost on the way
// back, and no scripting needed (feedback_pages_form_draft.h says how).
#pragma once

#include "base/random.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::feedback {

// GET /feedback/new, with unit=, counter=, procedure= from a QR code and recurs_of= from an earlier
// case; POST /feedback/new begins the draft.
Result<http::Response> new_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Pending> begin_form(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now);
// GET and POST /feedback/new/{draft}/{step}
Result<http::Response> step_get(const http::Request& request,
                                db::Read& read,
                                Random& random,
                                Instant now);
Result<http::Pending> step_post(const http::Request& request,
                                db::Read& read,
                                Random& random,
                                Instant now);
// POST /feedback/new/{draft}/story, which brings files: it runs on a worker.
Result<http::Pending> story_post(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now);
// POST /feedback/new/{draft}/send. Sending again shows the same code and secret; there is one case.
Result<http::Pending> send_post(const http::Request& request,
                                db::Read& read,
                                Random& random,
                                Instant now);

// "Begin again": the draft was sent, is too old, or never was.
http::Response draft_gone(const html::View& view);

}  // namespace ln::feedback
