// Who has how much in hand, for heads. Counts work, and never rates anybody.
//
//   GET  /staff/workload    workload_page
#pragma once

#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/http/http.h"

namespace ln::feedback::staff {

// Of every subtree the officer heads; refuses (forbidden) who heads none.
Result<http::Response> workload_page(const http::Request& request,
                                     db::Read& read,
                                     people::Officer officer,
                                     Instant now);

}  // namespace ln::feedback::staff
