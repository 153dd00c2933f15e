// Pages for people: what was promised, and whether it was kept.
//
//   GET  /commitments                      all, with filters (?unit_id=, ?state=), and how units
//                                          keep their word
//   GET  /commitments/{id}                 one with its history
//   GET  /commitments/{id}/lines/{line}    the proof that a line of its history stands in the log
//   GET  /commitments/{id}/own             for whoever it was promised to
//   POST /commitments/{id}/own             opens it with code and secret
//   POST /commitments/{id}/own/{act}       confirm, object, accept, refuse, consent,
//                                          decline_change, close
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::commitment {

Result<http::Response> list_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> commitment_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> line_proof(const http::Request& request, db::Read& read);

Result<http::Response> own_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Pending> own_open(const http::Request& request, db::Read& read, Instant now);
Result<http::Pending> own_post(const http::Request& request,
                               db::Read& read,
                               Random& random,
                               Instant now);

}  // namespace ln::commitment
