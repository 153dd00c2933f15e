// Pages by which officers hide what should not be public. app/routes_staff names them:
//
//   GET, POST /staff/feedback/{code}/pictures/{token}   picture_page, picture_post
//   (Runs::on_worker) GET, POST /staff/feedback/{code}/withdraw           withdraw_page,
//   withdraw_post
//
// A case the officer may not see answers 404, and one they may not publish 403.
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/http/http.h"

namespace ln::feedback::staff {

// One picture of the case, with fields for boxes over parts of it in whole percent. "look" draws
// them, "show" publishes the covered picture, "withhold" puts a stone in its place.
Result<http::Response> picture_page(const http::Request& request,
                                    db::Read& read,
                                    people::Officer officer);
Result<http::Pending> picture_post(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer,
                                   Random& random,
                                   Instant now);

Result<http::Response> withdraw_page(const http::Request& request,
                                     db::Read& read,
                                     people::Officer officer);
Result<http::Pending> withdraw_post(const http::Request& request,
                                    db::Read& read,
                                    people::Officer officer,
                                    Random& random,
                                    Instant now);

}  // namespace ln::feedback::staff
