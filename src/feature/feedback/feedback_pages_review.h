// A second pair of eyes, on pages. app/routes_staff names them:
//
//   GET  /staff/reviews                   reviews_page: what waits where one may read it
//   GET  /staff/feedback/{code}/review    review_page
//   POST /staff/feedback/{code}/review    do_review: step=approve or step=return with a note
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "feature/feedback/feedback.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

namespace ln::feedback::staff {

Result<http::Response> reviews_page(const http::Request& request,
                                    db::Read& read,
                                    people::Officer officer,
                                    Instant now);
Result<http::Response> review_page(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer);
Result<http::Pending> do_review(const http::Request& request,
                                db::Read& read,
                                people::Officer officer,
                                Random& random,
                                Instant now);

// On the page of a case: that an answer waits, or came back and why. Nothing otherwise.
html::Fragment review_note(const html::View& view, db::Read& read, const Feedback& feedback);

}  // namespace ln::feedback::staff
