// The page on which an administrator of the city changes its working calendar. app/routes_staff:
//
//   GET  /staff/calendar   calendar_page: a year's days; ?remove=2026-11-24 asks why
//   POST /staff/calendar   change_calendar: shows which deadlines would move, then (`step` apply)
//                          changes the calendar
#pragma once

#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/http/http.h"

namespace ln::feedback::staff {

Result<http::Response> calendar_page(const http::Request& request,
                                     people::Administrator administrator,
                                     Instant now);
Result<http::Pending> change_calendar(const http::Request& request,
                                      db::Read& read,
                                      people::Administrator administrator,
                                      Instant now);

}  // namespace ln::feedback::staff
