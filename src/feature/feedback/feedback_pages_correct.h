// The sender of a case that a clerk typed puts its words right, for a day.
#pragma once

#include "base/random.h"
#include "feature/feedback/feedback_store_intake.h"
#include "platform/db/db.h"
#include "platform/html/fill.h"
#include "platform/http/http.h"

namespace ln::feedback {

// GET and POST /feedback/{code}/correct, for whoever holds the secret.
Result<http::Response> correct_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Pending> correct_post(const http::Request& request,
                                   db::Read& read,
                                   Random& random,
                                   Instant now);

// On the page of the case, for its holder: who helped, when it was said, and the way to correct.
// Nothing when nobody helped.
html::Fragment intake_card(const html::View& view,
                           const Feedback& feedback,
                           const std::optional<Intake>& intake,
                           Instant now);

}  // namespace ln::feedback
