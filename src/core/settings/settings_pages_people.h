// Accounts of those who work here, for administrators of the city. app/routes_staff names them:
//
//   GET  /staff/administration/people              people_page: ?unit=P1&after=hoa
//   GET  /staff/administration/people/new          new_person_page
//   POST /staff/administration/people/new          new_person_post: shows the link, once
//   GET  /staff/administration/people/{number}     person_page
//   POST /staff/administration/people/{number}     person_post: do=roles, close, open, sessions, or
//                                                  password, which shows the link, once
//
// Both posts hash a password: Runs::on_worker.
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/http/http.h"

namespace ln::settings {

Result<http::Response> people_page(const http::Request& request,
                                   db::Read& read,
                                   people::Administrator administrator,
                                   Instant now);
Result<http::Response> new_person_page(const http::Request& request,
                                       people::Administrator administrator);
Result<http::Pending> new_person_post(const http::Request& request,
                                      db::Read& read,
                                      people::Administrator administrator,
                                      Random& random,
                                      Instant now);
Result<http::Response> person_page(const http::Request& request,
                                   db::Read& read,
                                   people::Administrator administrator,
                                   Instant now);
Result<http::Pending> person_post(const http::Request& request,
                                  db::Read& read,
                                  people::Administrator administrator,
                                  Random& random,
                                  Instant now);

}  // namespace ln::settings
