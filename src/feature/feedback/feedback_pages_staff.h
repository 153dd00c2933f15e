// Pages of those who work on feedback. app/routes_staff names them:
//
//   GET  /staff                                   home_page: the queue, or where else one belongs
//   GET  /staff/feedback/{code}                   case_page
//   GET  /staff/feedback/{code}/files/{token}     case_file
//   GET  /staff/feedback/{code}/{task}            task_page
//   POST /staff/feedback/{code}/{task}            do_task
//   POST /staff/feedback/{code}/answer            answer_case      Runs::on_worker
//
// A case the officer may not see answers 404 everywhere here, as if it did not exist.
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/http/http.h"

namespace ln::feedback::staff {

Result<http::Response> home_page(const http::Request& request,
                                 db::Read& read,
                                 people::Staff staff,
                                 Instant now);
Result<http::Response> case_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now);
Result<http::Response> case_file(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer);

Result<http::Response> task_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now);
Result<http::Pending> do_task(const http::Request& request,
                              db::Read& read,
                              people::Officer officer,
                              Random& random,
                              Instant now);
// Shows what will be sent before it is sent; files are added on that second page.
Result<http::Pending> answer_case(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer,
                                  Random& random,
                                  Instant now);

}  // namespace ln::feedback::staff
