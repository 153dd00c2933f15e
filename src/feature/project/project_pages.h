// Pages for people: what projects there are, what was published, the rounds; and one's own file.
//
//   GET  /projects                            all projects, the newest first; ?before=ID
//   GET  /projects/{id}                       one: what was published, its rounds
//   GET  /projects/{id}/items/{number}        one decision, plan, table of prices or notice
//   GET  /projects/{id}/lines/{line}          the proof of one line of the ledger, for anybody
//   GET  /projects/files/{code}               a household's own file, by its secret
//   POST /projects/files/{code}/{act}         open, ask, secret, stop, erase, close
//   GET  /projects/files/{code}/receipts      proofs of all that happened to it
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::project {

Result<http::Response> list_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> project_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> item_page(const http::Request& request, db::Read& read);
Result<http::Response> line_proof(const http::Request& request, db::Read& read);

Result<http::Response> own_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Pending> own_post(const http::Request& request,
                               db::Read& read,
                               Random& random,
                               Instant now);
Result<http::Response> own_receipts(const http::Request& request, db::Read& read);

}  // namespace ln::project
