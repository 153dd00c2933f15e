// What went up the ladder to the units of an officer. app/routes_staff names it:
//
//   GET /staff/escalated   escalated_page: cases whose office let the date pass, newest first
#pragma once

#include "base/result.h"
#include "core/people/people.h"
#include "platform/db/db.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

namespace ln::feedback::staff {

// Only what the officer may see. `?before=` of the pager goes on.
Result<http::Response> escalated_page(const http::Request& request,
                                      db::Read& read,
                                      people::Officer officer,
                                      Instant now);

// Above the queue: lines that lead to what was put before the officer's units, there and at
// feedback_pages_dispute.h; nothing when nothing was.
html::Fragment put_before_notes(const html::View& view,
                                db::Read& read,
                                const people::Officer& officer);

}  // namespace ln::feedback::staff
