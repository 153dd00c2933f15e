// When each office is open. app/routes_staff names them:
//
//   GET  /staff/administration/hours   hours_page: which offices are not open as everybody; the
//   form POST /staff/administration/hours   hours_post
#pragma once

#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::feedback::administration {

Result<http::Response> hours_page(const http::Request& request,
                                  db::Read& read,
                                  people::Administrator administrator);
Result<http::Pending> hours_post(const http::Request& request,
                                 db::Read& read,
                                 people::Administrator administrator,
                                 Instant now);

}  // namespace ln::feedback::administration
