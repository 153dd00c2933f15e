// Pages for those who claim, and for those who decide:
//
//   GET  /staff/emulation                     models of the units they work for
//   GET  /staff/emulation/new                 registers one; ?from=ID takes up a confirmed one
//   POST /staff/emulation/new
//   GET  /staff/emulation/{id}                claim, reply
//   POST /staff/emulation/{id}/{act}          claim, reply
//   GET  /staff/supervision/models            claims that wait for a verdict
//   GET  /staff/supervision/models/{id}       one, for a supervisor
//   POST /staff/supervision/models/{id}       confirms or refutes
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::emulation::staff {

Result<http::Response> list_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer);
Result<http::Response> new_page(const http::Request& request,
                                db::Read& read,
                                people::Officer officer,
                                Instant now);
Result<http::Pending> new_post(const http::Request& request,
                               db::Read& read,
                               people::Officer officer,
                               Random& random,
                               Instant now);
Result<http::Response> desk_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now);
Result<http::Pending> act_post(const http::Request& request,
                               db::Read& read,
                               people::Officer officer,
                               Random& random,
                               Instant now);
Result<http::Response> verdicts_page(const http::Request& request,
                                     db::Read& read,
                                     people::Supervisor supervisor);
Result<http::Response> verdict_page(const http::Request& request,
                                    db::Read& read,
                                    people::Supervisor supervisor);
Result<http::Pending> verdict_post(const http::Request& request,
                                   db::Read& read,
                                   people::Supervisor supervisor,
                                   Random& random,
                                   Instant now);

}  // namespace ln::emulation::staff
