// Pages for everybody and for households.
//
//   GET  /ballots                     decisions by households, the newest first
//   GET  /ballots/vote                where a slip's code is typed in
//   GET  /ballots/{id}                one of them; its result once it is counted, and no number of
//                                     voters or votes before
//   GET  /ballots/{id}/text           what was announced, as it was hashed (docs/formats/ballot.md)
//   GET  /ballots/{id}/box            the box as it was hashed; not_found before it is counted
//   GET  /ballots/slips/{code}        voting, by the secret of a slip
//   POST /ballots/slips/{code}/{act}  open, cast, object, close
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::ballot {

Result<http::Response> list_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> vote_page(const http::Request& request, db::Read& read);
Result<http::Response> ballot_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> announced_text(const http::Request& request, db::Read& read);
Result<http::Response> box_text(const http::Request& request, db::Read& read);
Result<http::Response> slip_page(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now);
Result<http::Pending> slip_post(const http::Request& request,
                                db::Read& read,
                                Random& random,
                                Instant now);

}  // namespace ln::ballot
