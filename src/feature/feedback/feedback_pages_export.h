// Cases as CSV, out: what the queue shows, as files that any spreadsheet opens. app/routes_exchange
// names them:
//
//   GET /staff/exchange            exchange_page: the parts, for the same question as the queue
//   GET /staff/exchange/cases.csv  cases_csv: one part
//
// With `for`, the code of another system, a part has that system's columns and words, our answer
// and when it was given, of the cases that were brought in from it: what was answered here need not
// be typed there. Never in them: what is protected, held or erased, and who sent anything.
#pragma once

#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/http/http.h"

namespace ln::feedback::exchange {

// Cases of one part, so that a file of a city with a million cases costs no more memory than one of
// a ward.
inline constexpr std::int64_t export_rows_max = 1'000;

Result<http::Response> exchange_page(const http::Request& request,
                                     db::Read& read,
                                     people::Officer officer,
                                     Instant now);
Result<http::Response> cases_csv(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now);

}  // namespace ln::feedback::exchange
