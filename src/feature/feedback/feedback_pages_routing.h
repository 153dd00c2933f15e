// Routing rules, for administrators: what there is, what a rule would have changed, on and off. No
// word of a case is shown. app/routes_staff names them:
//
//   GET  /staff/routing             rules_page: the list and a form for a new rule
//   POST /staff/routing             add_rule: refuses (invalid) beside the fields; it is off
//   GET  /staff/routing/{id}        rule_page: tried on past cases
//   POST /staff/routing/{id}        change_rule: act=on|off|raise|remove
#pragma once

#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/http/http.h"

namespace ln::feedback::routing {

using Keeper = people::As<people::Role::administrator>;

Result<http::Response> rules_page(const http::Request& request, db::Read& read, Keeper keeper);
Result<http::Pending> add_rule(const http::Request& request,
                               db::Read& read,
                               Keeper keeper,
                               Instant now);
Result<http::Response> rule_page(const http::Request& request, db::Read& read, Keeper keeper);
Result<http::Pending> change_rule(const http::Request& request,
                                  db::Read& read,
                                  Keeper keeper,
                                  Instant now);

}  // namespace ln::feedback::routing
