// Pages on which readers choose what they want to be told. app/routes_core names them:
//
//   GET  /notices/{key}         choice_page: whoever has the link of a letter
//   POST /notices/{key}         choose
//   GET  /api/v1/notices/{key}  to the page: mail programs without one-click lead people here
//   POST /api/v1/notices/{key}  stop_by_mail: the one click (RFC 8058); it ends the notices
//   GET  /staff/notices         staff_page: the own e-mail and the daily digest, and what was told
//   POST /staff/notices         save_staff
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/http/http.h"

namespace ln::notice {

Result<http::Response> choice_page(const http::Request& request, db::Read& read);
Result<http::Pending> choose(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> to_choice_page(const http::Request& request);
Result<http::Pending> stop_by_mail(const http::Request& request, db::Read& read, Instant now);

Result<http::Response> staff_page(const http::Request& request,
                                  db::Read& read,
                                  people::Staff staff);
Result<http::Pending> save_staff(
    const http::Request& request, db::Read& read, people::Staff staff, Random& random, Instant now);

}  // namespace ln::notice
