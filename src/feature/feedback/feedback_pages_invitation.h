// Asking somebody outside about a case (feedback_actions_invitation.h).
//
//   GET  /staff/feedback/{code}/invite   invite_page: whom the office asked, and the form
//   POST /staff/feedback/{code}/invite   invite_post: asks (and shows the link, once), takes back,
//                                        releases
//   GET  /reply/{token}                  reply_page: what they are asked, for whoever has the link
//   POST /reply/{token}                  reply_post: their answer, once
#pragma once

#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "feature/feedback/feedback_invitation.h"
#include "platform/db/db.h"
#include "platform/html/fill.h"
#include "platform/http/http.h"

namespace ln::feedback {

Result<http::Response> invite_page(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer,
                                   Instant now);
Result<http::Pending> invite_post(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer,
                                  Random& random,
                                  Instant now);

Result<http::Response> reply_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Pending> reply_post(const http::Request& request, db::Read& read, Instant now);

// For the page of a case: what who is complained about said to it, once released.
html::Fragment replies_part(const html::View& view, const std::vector<Invitation>& replies);
// For the page of staff: whom the office asked, and the way to ask somebody. Nothing when the
// officer may not.
html::Fragment invitations_card(const html::View& view,
                                db::Read& read,
                                const people::Officer& officer,
                                const Feedback& feedback,
                                Instant now);

}  // namespace ln::feedback
