// The desk of supervisors: planning a survey, printing its slips, looking for what smells of
// stuffing; and of clerks, who type in for others.
//
//   GET  /staff/surveys               surveys, with what the reader may do with each
//   GET  /staff/surveys/new           POST: a plan, checked and then announced
//   GET  /staff/surveys/{id}          the desk of one; POST /staff/surveys/{id}/slips: a sheet
#pragma once

#include "base/random.h"
#include "core/people/people_session.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::survey::staff {

Result<http::Response> list_page(const http::Request& request, db::Read& read, people::Staff staff);
Result<http::Response> new_page(const http::Request& request,
                                db::Read& read,
                                people::Supervisor supervisor,
                                Random& random,
                                Instant now);
Result<http::Pending> new_post(const http::Request& request,
                               db::Read& read,
                               people::Supervisor supervisor,
                               Random& random,
                               Instant now);
Result<http::Response> desk_page(const http::Request& request,
                                 db::Read& read,
                                 people::Supervisor supervisor,
                                 Random& random,
                                 Instant now);
Result<http::Pending> slips_post(const http::Request& request,
                                 db::Read& read,
                                 people::Supervisor supervisor,
                                 Random& random,
                                 Instant now);

}  // namespace ln::survey::staff
