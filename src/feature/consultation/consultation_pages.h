// Pages for people: reading a draft and saying something about it.
//
//   GET  /consultations                                 open and closed ones
//   GET  /consultations/{id}                            the draft, piece by piece
//   GET  /consultations/{id}/clauses/{clause}           one piece, what was said of it, the form
//   POST /consultations/{id}/clauses/{clause}           says something
//   POST /consultations/{id}/support                    supports a comment
//   GET  /consultations/{id}/comments                   searches what was said
//   GET  /consultations/{id}/versions/{number}          what changed since the version before
//   GET  /consultations/{id}/versions/{number}/text     the version as it was hashed
//   GET  /consultations/comments/{code}                 one's own comment, by its secret
//   POST /consultations/comments/{code}/{act}           opens, changes, withdraws, puts away
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::consultation {

Result<http::Response> list_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> draft_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> version_page(const http::Request& request, db::Read& read);
Result<http::Response> version_text(const http::Request& request, db::Read& read);

Result<http::Response> clause_page(const http::Request& request,
                                   db::Read& read,
                                   Random& random,
                                   Instant now);
Result<http::Pending> clause_post(const http::Request& request,
                                  db::Read& read,
                                  Random& random,
                                  Instant now);
Result<http::Response> comments_page(const http::Request& request, db::Read& read);
Result<http::Pending> support_post(const http::Request& request,
                                   db::Read& read,
                                   Random& random,
                                   Instant now);

Result<http::Response> own_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Pending> own_post(const http::Request& request,
                               db::Read& read,
                               Random& random,
                               Instant now);
// The receipt of the sending as a file, for whoever holds the secret.
Result<http::Response> own_receipt(const http::Request& request, db::Read& read);

}  // namespace ln::consultation
