// Filters of the queue kept under a name. app/routes_staff names them:
//
//   GET  /staff/filters    filters_page: theirs, and the way to keep the question in the address
//   POST /staff/filters    change_filters: act=save with a name, or act=remove with the number of
//   one
#pragma once

#include "base/result.h"
#include "core/people/people_session.h"
#include "feature/feedback/feedback_pages_staff_list.h"
#include "platform/html/fill.h"
#include "platform/http/http.h"

namespace ln::feedback::staff {

Result<http::Response> filters_page(const http::Request& request,
                                    db::Read& read,
                                    people::Officer officer,
                                    Instant now);
Result<http::Pending> change_filters(const http::Request& request,
                                     db::Read& read,
                                     people::Officer officer,
                                     Instant now);

// The filters of the queue that most days nobody needs, folded unless one is set: unit, topic,
// state, urgent, and the system a case was brought in from.
html::Fragment more_filters(const html::View& view, db::Read& read, const Asked& asked);
// What of the address narrows nothing, and which unit is meant when several have the name; nothing
// when all is well.
html::Fragment filter_notes(const html::View& view, const Asked& asked);

// Above the queue: links to what was kept, and to keeping the question asked now.
html::Fragment filter_links(const html::View& view,
                            db::Read& read,
                            const people::Officer& officer,
                            const Asked& asked);

}  // namespace ln::feedback::staff
