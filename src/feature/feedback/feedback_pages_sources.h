// Other systems whose cases are brought in, and how their files are read. app/routes_exchange names
// them, for administrators of the city:
//
//   GET  /staff/administration/sources            sources_page
//   GET  /staff/administration/sources/{source}   source_page: "new" makes one
//   POST /staff/administration/sources/{source}   source_post
#pragma once

#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/http/http.h"

namespace ln::feedback::administration {

Result<http::Response> sources_page(const http::Request& request,
                                    db::Read& read,
                                    people::Administrator administrator);
Result<http::Response> source_page(const http::Request& request,
                                   db::Read& read,
                                   people::Administrator administrator);
Result<http::Pending> source_post(const http::Request& request,
                                  db::Read& read,
                                  people::Administrator administrator,
                                  Instant now);

}  // namespace ln::feedback::administration
