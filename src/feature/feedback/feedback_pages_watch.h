// Pages of those who watch over the work. app/routes_staff names them:
//
//   GET  /staff/protected                 sealed_page: cases with a sealed identity; no texts
//   GET  /staff/protected/{code}          opening_page: who opened it, when and why; the form
//   POST /staff/protected/{code}/open     open_sealed
//   GET  /staff/protected/{code}/sealed   sealed_file, for 24 hours after an opening
//   GET  /staff/supervision               supervision_page: read only
//
// What is shown of a sealed identity is its ciphertext: two of three holders peel it offline with
// `langnghe unseal`.
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/http/http.h"

namespace ln::feedback::watch {

Result<http::Response> sealed_page(const http::Request& request,
                                   db::Read& read,
                                   people::Ombudsman ombudsman);
Result<http::Response> opening_page(const http::Request& request,
                                    db::Read& read,
                                    people::Ombudsman ombudsman,
                                    Instant now);
Result<http::Pending> open_sealed(const http::Request& request,
                                  db::Read& read,
                                  people::Ombudsman ombudsman,
                                  Random& random,
                                  Instant now);
Result<http::Response> sealed_file(const http::Request& request,
                                   db::Read& read,
                                   people::Ombudsman ombudsman,
                                   Instant now);

Result<http::Response> supervision_page(const http::Request& request,
                                        db::Read& read,
                                        people::Supervisor supervisor,
                                        Instant now);

}  // namespace ln::feedback::watch
