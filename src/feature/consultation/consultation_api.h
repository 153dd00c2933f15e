// The same for machines:
//
//   GET  /api/v1/consultations                 open and closed ones
//   GET  /api/v1/consultations/{id}            one with its draft, piece by piece
//   POST /api/v1/consultations/{id}/comments   says something: code, secret and receipt
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::consultation {

Result<http::Response> list_api(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> draft_api(const http::Request& request, db::Read& read, Instant now);
Result<http::Pending> comment_api(const http::Request& request,
                                  db::Read& read,
                                  Random& random,
                                  Instant now);

}  // namespace ln::consultation
