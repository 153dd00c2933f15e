// Pages for everybody: what communes disclose, and questions about it.
//
//   GET  /disclosure                              communes, those with most overdue first
//   GET  /disclosure/units/{code}                 the list of one commune
//   GET  /disclosure/{id}                         one item: due, posted, opened, asked
//   GET  /disclosure/{id}/ask                     asking
//   POST /disclosure/{id}/ask
//   GET  /disclosure/questions/{code}             one's own question, by its secret
//   GET  /disclosure/questions/{code}/receipt.tlog-proof
//   POST /disclosure/questions/{code}/{act}       open, withdraw, close
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::disclosure {

Result<http::Response> communes_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> commune_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> item_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> ask_page(const http::Request& request, db::Read& read, Random& random);
Result<http::Pending> ask_post(const http::Request& request,
                               db::Read& read,
                               Random& random,
                               Instant now);
Result<http::Response> own_page(const http::Request& request, db::Read& read);
Result<http::Response> own_receipt(const http::Request& request, db::Read& read);
Result<http::Pending> own_post(const http::Request& request,
                               db::Read& read,
                               Random& random,
                               Instant now);

}  // namespace ln::disclosure
