// Pages at the desk: announcing days, receiving, the log, results, and what comes up from below.
//
//   GET  /staff/receptions                            days, results owed, contests to decide
//   GET  /staff/receptions/new                        announcing, by a rule or one by one
//   POST /staff/receptions/new
//   GET  /staff/receptions/undetermined               days of which a person says where they belong
//   POST /staff/receptions/undetermined
//   GET  /staff/receptions/{id}                       the turns of a day
//   GET  /staff/receptions/{id}/take                  who comes without a booking
//   POST /staff/receptions/{id}/take
//   GET  /staff/receptions/{id}/turns/{code}          one turn: log, result, contest
//   POST /staff/receptions/{id}/turns/{code}/{act}    log, result, ruling
//   POST /staff/receptions/{id}/{act}                 hold, move, cancel
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_pages.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::reception::staff {

Result<http::Response> list_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now);
Result<http::Response> new_page(const http::Request& request,
                                db::Read& read,
                                people::Officer officer,
                                Instant now);
Result<http::Pending> new_post(const http::Request& request,
                               db::Read& read,
                               people::Officer officer,
                               Instant now);
Result<http::Response> undetermined_page(const http::Request& request,
                                         db::Read& read,
                                         people::Officer officer,
                                         Instant now);
Result<http::Pending> undetermined_post(const http::Request& request,
                                        db::Read& read,
                                        people::Officer officer,
                                        Instant now);
Result<http::Response> desk_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now);
Result<http::Pending> act_post(const http::Request& request,
                               db::Read& read,
                               people::Officer officer,
                               Instant now);
Result<http::Response> take_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Random& random,
                                 Instant now);
Result<http::Pending> take_post(const http::Request& request,
                                db::Read& read,
                                people::Officer officer,
                                Random& random,
                                Instant now);
Result<http::Response> turn_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now);
Result<http::Pending> turn_post(const http::Request& request,
                                db::Read& read,
                                people::Officer officer,
                                Random& random,
                                Instant now);

}  // namespace ln::reception::staff
