// Pages for those who draft: what was said under points, their answers, the gate and the decision.
//
//   GET  /staff/consultations/{id}/issues            points, what is under none, the gate
//   POST /staff/consultations/{id}/issues            step=suggest asks for grouping, step=place and
//                                                    place_found put under one
//   GET  /staff/consultations/{id}/issues/{number}   one point, its comments and objections
//   POST /staff/consultations/{id}/issues/{number}   step=answer, reply, place, undo
//   POST /staff/consultations/{id}/decide            decides, or says what stands in the way
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::consultation::staff {

Result<http::Response> points_page(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer,
                                   Instant now);
Result<http::Pending> points_post(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer,
                                  Random& random,
                                  Instant now);
Result<http::Response> point_page(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer,
                                  Instant now);
Result<http::Pending> point_post(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Random& random,
                                 Instant now);
Result<http::Pending> decide_post(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer,
                                  Instant now);

}  // namespace ln::consultation::staff
