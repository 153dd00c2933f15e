// Leave: an officer says when they are away and who stands in. app/routes_staff names them:
//
//   GET  /staff/leave    leave_page
//   POST /staff/leave    change_leave: act=add, or act=end with the number of one
#pragma once

#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/http/http.h"

namespace ln::feedback::staff {

Result<http::Response> leave_page(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer,
                                  Instant now);
Result<http::Pending> change_leave(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer,
                                   Instant now);

}  // namespace ln::feedback::staff
