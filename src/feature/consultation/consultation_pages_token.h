// Tokens of a draft about those who work here:
//
//   GET  /consultations/{id}/token          what a token is, the key, and where one is spent
//   POST /consultations/{id}/token          spends one: this browser takes part by token
//   GET  /staff/consultations/{id}/token    takes one, by the script of the page
//   POST /staff/consultations/{id}/token    signs what the script blinded; answers in JSON
//   GET  /staff/consultations/{id}/slips    how many slips were printed, and the form
//   POST /staff/consultations/{id}/slips    prints some; the same form prints once
//
// A token is spent without a session: the page refuses it beside one. It is taken with one.
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::consultation {

Result<http::Response> token_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Pending> token_post(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now);

namespace staff {

Result<http::Response> token_page(const http::Request& request,
                                  db::Read& read,
                                  people::Staff staff,
                                  Instant now);
Result<http::Pending> token_post(const http::Request& request,
                                 db::Read& read,
                                 people::Staff staff,
                                 Instant now);
Result<http::Response> slips_page(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer,
                                  Random& random,
                                  Instant now);
Result<http::Pending> slips_post(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Random& random,
                                 Instant now);

}  // namespace staff

}  // namespace ln::consultation
