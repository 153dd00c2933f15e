// Pages for everybody: when who receives, booking a turn, and one's own turn.
//
//   GET  /receptions                            days to come; ?past=1: days that are over
//   GET  /receptions/units                      units, those that owe most first
//   GET  /receptions/units/{code}               one unit: days, and how it keeps them
//   GET  /receptions/{id}                       one day
//   GET  /receptions/{id}/book                  the form
//   POST /receptions/{id}/book                  books: turn, code, secret and slip
//   GET  /receptions/turns/{code}               one's own turn, by its secret
//   GET  /receptions/turns/{code}/receipts.tlog-proofs
//   POST /receptions/turns/{code}/{act}         open, cancel, contest, erase, close
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::reception {

Result<http::Response> list_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> units_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> unit_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> day_page(const http::Request& request, db::Read& read, Instant now);

Result<http::Response> book_page(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now);
Result<http::Pending> book_post(const http::Request& request,
                                db::Read& read,
                                Random& random,
                                Instant now);

Result<http::Response> own_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> own_receipts(const http::Request& request, db::Read& read);
Result<http::Pending> own_post(const http::Request& request,
                               db::Read& read,
                               Random& random,
                               Instant now);

}  // namespace ln::reception
