// Units, for administrators of the city. app/routes_administration names them:
//
//   GET  /staff/administration/units                          units_page: ?q=ba+dinh, ?below=01
//   GET  /staff/administration/units/new                      new_unit_page: an office
//   POST /staff/administration/units/new                      new_unit_post
//   GET  /staff/administration/units/{code}/{valid_from:date} unit_page
//   POST /staff/administration/units/{code}/{valid_from:date} unit_post
#pragma once

#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/http/http.h"

namespace ln::settings {

Result<http::Response> units_page(const http::Request& request,
                                  db::Read& read,
                                  people::Administrator administrator,
                                  Instant now);
Result<http::Response> new_unit_page(const http::Request& request,
                                     people::Administrator administrator);
Result<http::Pending> new_unit_post(const http::Request& request,
                                    db::Read& read,
                                    people::Administrator administrator,
                                    Instant now);
Result<http::Response> unit_page(const http::Request& request,
                                 db::Read& read,
                                 people::Administrator administrator);
Result<http::Pending> unit_post(const http::Request& request,
                                db::Read& read,
                                people::Administrator administrator,
                                Instant now);

}  // namespace ln::settings
