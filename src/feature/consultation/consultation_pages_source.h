// Pages of those who draft for what came by other ways:
//
//   GET  /staff/consultations/{id}/sources             all sources, and the form for a new one
//   POST /staff/consultations/{id}/sources             step=check shows the rows, step=keep takes
//   them GET  /staff/consultations/{id}/sources/{number}    one source, its comments, one more by
//   hand POST /staff/consultations/{id}/sources/{number}    takes one comment that was typed
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::consultation::staff {

// The largest file that is taken, in bytes.
inline constexpr std::int64_t rows_file_size_max = 10 * 1024 * 1024;

Result<http::Response> sources_page(const http::Request& request,
                                    db::Read& read,
                                    people::Officer officer,
                                    Random& random,
                                    Instant now);
Result<http::Pending> sources_post(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer,
                                   Random& random,
                                   Instant now);
Result<http::Response> source_page(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer,
                                   Random& random,
                                   Instant now);
Result<http::Pending> source_post(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer,
                                  Random& random,
                                  Instant now);

}  // namespace ln::consultation::staff
