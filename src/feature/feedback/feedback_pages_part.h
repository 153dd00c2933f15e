// Taking a part out of a letter for another office (feedback_actions_part.h): the officer's pages,
// and the parts as the sender reads them on the page of the one letter. app/routes_staff names:
//
//   GET  /staff/feedback/{code}/part     part_page: the letter, to be cut down to the passage
//   POST /staff/feedback/{code}/part     part_post
//   POST /staff/feedback/{code}/rejoin   rejoin_post: puts part `number` back
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "feature/feedback/feedback.h"
#include "platform/db/db.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

namespace ln::feedback::staff {

Result<http::Response> part_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now);
Result<http::Pending> part_post(const http::Request& request,
                                db::Read& read,
                                people::Officer officer,
                                Random& random,
                                Instant now);
Result<http::Pending> rejoin_post(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer,
                                  Random& random,
                                  Instant now);

// Beside a letter: its parts, how each stands, and the way to take one out or put one back. Beside
// a part: of which letter it is, unless that is protected. Nothing where neither concerns anybody.
html::Fragment parts_card(const html::View& view,
                          db::Read& read,
                          const people::Officer& officer,
                          const Feedback& feedback,
                          Instant now);

}  // namespace ln::feedback::staff
