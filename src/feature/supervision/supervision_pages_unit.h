// Pages for the units advised: they answer, and can do nothing else.
//
//   GET  /staff/recommendations            what the units they head were advised
//   GET  /staff/recommendations/{id}       one of them
//   POST /staff/recommendations/{id}       the answer
//   GET  /staff/findings                   what was found of cases of the units they head
//   GET  /staff/findings/{id}/{number}     one of them: the programme and the number of the case
//   POST /staff/findings/{id}/{number}     the one reply beside it
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::supervision::unit {

Result<http::Response> list_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now);
Result<http::Response> advice_page(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer,
                                   Instant now);
Result<http::Pending> advice_post(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer,
                                  Instant now);
Result<http::Response> findings_page(const http::Request& request,
                                     db::Read& read,
                                     people::Officer officer);
Result<http::Response> finding_page(const http::Request& request,
                                    db::Read& read,
                                    people::Officer officer);
Result<http::Pending> finding_post(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer,
                                   Random& random,
                                   Instant now);

}  // namespace ln::supervision::unit
