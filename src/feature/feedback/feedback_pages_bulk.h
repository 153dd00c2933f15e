// Acts on many cases of the queue at once. app/routes_staff names them:
//
//   GET  /staff/bulk    bulk_page: which cases, what would become of each, and what is to be chosen
//   POST /staff/bulk    do_bulk:   step=check shows it with the choice made, step=do does it
//
// The queue sends "do" (a word of bulk_tasks) and one "case" for each box ticked, or "all" with the
// question of the list, which then stands for the first bulk_cases_max cases it finds.
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "feature/feedback/feedback_pages_staff_list.h"
#include "platform/html/fill.h"
#include "platform/http/http.h"

namespace ln::feedback::staff {

Result<http::Response> bulk_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now);
Result<http::Pending> do_bulk(const http::Request& request,
                              db::Read& read,
                              people::Officer officer,
                              Random& random,
                              Instant now);

// The box of one row of the queue.
html::Fragment bulk_box(const Feedback& feedback);
// What stands below the table: what to do with those ticked. `rows` go around it in one form.
html::Fragment bulk_form(const html::View& view, const Asked& asked, html::Fragment rows);

}  // namespace ln::feedback::staff
