// Pages of those who hold a decision by households: announce, print slips, take slips in for paper,
// type what the paper box held. None of them shows who has voted, or how many before the end.
//
//   GET  /staff/ballots               those of the units one works for
//   GET  /staff/ballots/new           announcing one
//   POST /staff/ballots/new
//   GET  /staff/ballots/{id}          the desk of one
//   POST /staff/ballots/{id}/{act}    remove, cancel, issue, reissue, hand-in, count
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::ballot::staff {

Result<http::Response> list_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now);
Result<http::Response> new_page(const http::Request& request,
                                db::Read& read,
                                people::Officer officer,
                                Random& random,
                                Instant now);
Result<http::Pending> new_post(const http::Request& request,
                               db::Read& read,
                               people::Officer officer,
                               Random& random,
                               Instant now);
Result<http::Response> desk_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Random& random,
                                 Instant now);
Result<http::Pending> act_post(const http::Request& request,
                               db::Read& read,
                               people::Officer officer,
                               Random& random,
                               Instant now);

}  // namespace ln::ballot::staff
