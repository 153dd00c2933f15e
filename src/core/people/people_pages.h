// Pages for signing in and for one's own account. app/routes names them:
//
//   GET  /staff/sign-in            sign_in_page
//   POST /staff/sign-in            sign_in              Runs::on_worker
//   POST /staff/sign-out           sign_out_page
//   GET  /staff/account            account_page
//   POST /staff/account/password   change_password_page Runs::on_worker
//   POST /staff/account/language   choose_language_page
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/http/http.h"

namespace ln::people {

// What a role is called.
TextKey name_of(Role role);

// `?next=/staff/queue` is where to go afterwards; only a path of this site counts.
Result<http::Response> sign_in_page(const http::Request& request);
Result<http::Pending> sign_in(const http::Request& request,
                              db::Read& read,
                              Random& random,
                              Instant now);
// Needs no one to be signed in, so that it never fails.
Result<http::Pending> sign_out_page(const http::Request& request);

Result<http::Response> account_page(const http::Request& request, db::Read& read, Staff staff);
Result<http::Pending> change_password_page(
    const http::Request& request, db::Read& read, Staff staff, Random& random, Instant now);
Result<http::Pending> choose_language_page(const http::Request& request, Staff staff);

}  // namespace ln::people
