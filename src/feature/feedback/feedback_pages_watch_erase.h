// Erasing a case that is over, for the ombudsman and administrators. No word of the case is shown.
// app/routes_staff names them:
//
//   GET  /staff/erasure           erasing_page: asks for the code; with ?code= for the reason
//   POST /staff/erasure           erase_case
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "feature/feedback/feedback_actions_erase.h"
#include "platform/http/http.h"

namespace ln::feedback::watch {

Result<http::Response> erasing_page(const http::Request& request,
                                    db::Read& read,
                                    Eraser eraser,
                                    Instant now);
Result<http::Pending> erase_case(
    const http::Request& request, db::Read& read, Eraser eraser, Random& random, Instant now);

}  // namespace ln::feedback::watch
