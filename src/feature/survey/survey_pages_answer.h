// Answering: by a slip, on a screen at the counter, by the open link, or through a clerk.
//
//   GET  /surveys/slip                 a slip's code is typed in here ("?code=")
//   GET  /surveys/slip/{token}         the questions; POST: the answer
//   GET  /surveys/{id}/kiosk           the same on a public screen that keeps nothing
//   GET  /surveys/{id}/answer          the same by the open link
//   GET  /staff/surveys/{id}/enter     the same typed in by a clerk
#pragma once

#include "base/random.h"
#include "core/people/people_session.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::survey {

Result<http::Response> slip_door(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> slip_page(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now);
Result<http::Pending> slip_post(const http::Request& request,
                                db::Read& read,
                                Random& random,
                                Instant now);
Result<http::Response> kiosk_page(const http::Request& request,
                                  db::Read& read,
                                  Random& random,
                                  Instant now);
Result<http::Pending> kiosk_post(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now);
Result<http::Response> link_page(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now);
Result<http::Pending> link_post(const http::Request& request,
                                db::Read& read,
                                Random& random,
                                Instant now);
Result<http::Response> enter_page(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer,
                                  Random& random,
                                  Instant now);
Result<http::Pending> enter_post(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Random& random,
                                 Instant now);

}  // namespace ln::survey
