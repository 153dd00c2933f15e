// Setting the password of one's own account by a link that is good once. app/routes_administration
// names them:
//
//   GET  /staff/password/{token}   link_page
//   POST /staff/password/{token}   link_post            Runs::on_worker
//
// Needs nobody to be signed in: the token is the proof. A token that is none, was used or has
// expired answers 404, all alike.
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "platform/http/http.h"

namespace ln::settings {

Result<http::Response> link_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Pending> link_post(const http::Request& request,
                                db::Read& read,
                                Random& random,
                                Instant now);

}  // namespace ln::settings
