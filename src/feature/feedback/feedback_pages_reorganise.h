// Reorganisations for administrators: those of the past and to come, and a new one, looked at
// before it is applied. app/routes_staff names them:
//
//   GET  /staff/reorganisation    reorganisations_page
//   POST /staff/reorganisation    reorganise: shows what would happen, or applies what was shown
//   POST /staff/reorganisation/{id}/withdraw   withdraw: takes back what has not begun
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/http/http.h"

namespace ln::feedback::reorganise {

Result<http::Response> reorganisations_page(const http::Request& request,
                                            db::Read& read,
                                            people::Administrator administrator);

// The two files come along each time. Applied is only what was looked at: the form carries the hash
// of the files that the preview showed.
Result<http::Pending> apply(const http::Request& request,
                            db::Read& read,
                            people::Administrator administrator,
                            Instant now);

// With the box ticked that says so.
Result<http::Pending> withdraw(const http::Request& request,
                               db::Read& read,
                               people::Administrator administrator,
                               Instant now);

}  // namespace ln::feedback::reorganise
