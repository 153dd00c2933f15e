// Erasing a case, for its sender: what is destroyed and what stays is said before, and asked once
// more. And the page that stands where an erased case was. app/routes_feedback names them:
//
//   GET  /feedback/{code}/erase   erase_page: with the secret; what goes, what stays, a box to tick
//   POST /feedback/{code}/erase   erase_post
#pragma once

#include <string>

#include "base/random.h"
#include "core/people/people_citizen_session.h"
#include "feature/feedback/feedback.h"
#include "platform/db/db.h"
#include "platform/html/fill.h"
#include "platform/http/http.h"

namespace ln::feedback {

Result<http::Response> erase_page(const http::Request& request, db::Read& read);
Result<http::Pending> erase_post(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now);

// Where an erased case was: that it was, when and why it was erased, and what became of it. No time
// of day. Precondition: it was erased, and the reader may know that it exists.
std::string tombstone_html(const html::View& view,
                           db::Read& read,
                           const Feedback& feedback,
                           bool is_new);

// The card on a holder's page that leads here.
html::Fragment erase_card(const html::View& view, const Feedback& feedback);
// What is destroyed, and what stays, as two lists.
html::Fragment what_goes_and_stays(const html::View& view);

}  // namespace ln::feedback
