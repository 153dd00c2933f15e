// Pages for the units advised: they answer, and can do nothing else.
//
//   GET  /staff/recommendations            what the units they head were advised
//   GET  /staff/recommendations/{id}       one of them
//   POST /staff/recommendations/{id}       the answer
#pragma once

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

}  // namespace ln::supervision::unit
