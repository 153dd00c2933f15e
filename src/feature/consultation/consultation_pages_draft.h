// Pages of officers who draft answers:
//
//   GET  /staff/consultations/mine                                 points that wait for my draft
//   GET  /staff/consultations/{id}/issues/{number}/proposal        one of them, and what stands
//   under it POST /staff/consultations/{id}/issues/{number}/proposal        what I would answer
#pragma once

#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::consultation::staff {

Result<http::Response> mine_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer);
Result<http::Response> proposal_page(const http::Request& request,
                                     db::Read& read,
                                     people::Officer officer);
Result<http::Pending> proposal_post(const http::Request& request,
                                    db::Read& read,
                                    people::Officer officer,
                                    Instant now);

}  // namespace ln::consultation::staff
