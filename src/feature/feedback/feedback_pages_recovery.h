// A new secret for whoever lost theirs, on pages (decision 30). app/routes_feedback names them:
//
//   GET, POST /recover                          recover_page, recover_post: code and contact
//   GET, POST /recover/{token}                  new_secret_page, new_secret_post: the letter's link
//   POST /feedback/{code}/confirm-contact       confirm_ask_post: the holder asks for a letter
//   GET, POST /confirm/{code}/{token}           confirm_page, confirm_post: the link in that letter
//
// recover_post answers the same whether a code or a contact is known or not.
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "feature/feedback/feedback_pages_case_view.h"
#include "platform/html/fill.h"
#include "platform/http/http.h"

namespace ln::feedback {

Result<http::Response> recover_page(const http::Request& request);
Result<http::Pending> recover_post(const http::Request& request, Random& random, Instant now);

Result<http::Response> new_secret_page(const http::Request& request, db::Read& read, Instant now);
// The new secret stands on the answer, once.
Result<http::Pending> new_secret_post(const http::Request& request,
                                      db::Read& read,
                                      Random& random,
                                      Instant now);

Result<http::Pending> confirm_ask_post(const http::Request& request, Random& random, Instant now);
Result<http::Response> confirm_page(const http::Request& request, db::Read& read);
Result<http::Pending> confirm_post(const http::Request& request, Random& random, Instant now);

// For the holder's page: that the contact is confirmed, or how to confirm it; nothing where neither
// can be.
html::Fragment confirm_part(const html::View& view, const CaseShown& shown);

}  // namespace ln::feedback
