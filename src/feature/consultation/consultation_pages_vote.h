// Statements and the map of opinions, for everybody:
//
//   GET  /consultations/{id}/statements   one statement to agree with, to disagree with or to pass
//   POST /consultations/{id}/statements   says it, and goes on to the next
//   GET  /consultations/{id}/map          who stands together: a drawing, a table and words
//   GET  /consultations/{id}/clauses/{clause}/map   the same for the statements of one article
//
// A browser is known by a random token in a cookie that it is given with its first answer; without
// one nothing is kept.
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::consultation {

Result<http::Response> statements_page(const http::Request& request,
                                       db::Read& read,
                                       Random& random,
                                       Instant now);
Result<http::Pending> statements_post(const http::Request& request,
                                      db::Read& read,
                                      Random& random,
                                      Instant now);
Result<http::Response> map_page(const http::Request& request, db::Read& read, Instant now);
// Refuses (not_found) what is no article of the version read now.
Result<http::Response> clause_map_page(const http::Request& request, db::Read& read, Instant now);

}  // namespace ln::consultation
