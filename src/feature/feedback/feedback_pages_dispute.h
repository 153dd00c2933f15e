// Whose matter it is (feedback_actions_dispute.h): what waits for a decision, and deciding.
#pragma once

#include "base/random.h"
#include "core/people/people.h"
#include "feature/feedback/feedback.h"
#include "platform/db/db.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

namespace ln::feedback::staff {

// GET /staff/disputes : what waits for the decision of the officer's unit, the oldest first.
Result<http::Response> disputes_page(const http::Request& request,
                                     db::Read& read,
                                     people::Officer officer,
                                     Instant now);
// GET and POST /staff/feedback/{code}/dispute : the reasons of both, and whose it is.
Result<http::Response> dispute_page(const http::Request& request,
                                    db::Read& read,
                                    people::Officer officer,
                                    Instant now);
Result<http::Pending> dispute_post(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer,
                                   Random& random,
                                   Instant now);

// Above the queue: a link to what waits for them; nothing when nothing does.
html::Fragment disputes_note(const html::View& view,
                             db::Read& read,
                             const people::Officer& officer);

}  // namespace ln::feedback::staff
