// Pages of those who disclose: what falls due, posting, answering.
//
//   GET  /staff/disclosure             what is due first, what waits for an answer
//   GET  /staff/disclosure/new         entering what was decided
//   POST /staff/disclosure/new
//   GET  /staff/disclosure/{id}        posting and answering
//   POST /staff/disclosure/{id}/{act}  post, answer, hide
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::disclosure::staff {

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
                                 Instant now);
Result<http::Pending> act_post(const http::Request& request,
                               db::Read& read,
                               people::Officer officer,
                               Random& random,
                               Instant now);

}  // namespace ln::disclosure::staff
