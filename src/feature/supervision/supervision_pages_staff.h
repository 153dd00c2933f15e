// Pages for supervisors:
//
//   GET  /staff/supervision/programmes                           all programmes
//   GET  /staff/supervision/programmes/new                       a new one
//   POST /staff/supervision/programmes/new                       step=check counts the frame,
//                                                                step=announce fixes it
//   GET  /staff/supervision/programmes/{id}                      its cases and advice
//   POST /staff/supervision/programmes/{id}/{act}                advise, verify, return, finish
//   GET  /staff/supervision/programmes/{id}/cases/{number}       one case that was drawn
//   POST /staff/supervision/programmes/{id}/cases/{number}       a finding
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::supervision::staff {

Result<http::Response> list_page(const http::Request& request,
                                 db::Read& read,
                                 people::Supervisor supervisor,
                                 Instant now);
Result<http::Response> new_page(const http::Request& request,
                                db::Read& read,
                                people::Supervisor supervisor,
                                Instant now);
Result<http::Pending> new_post(const http::Request& request,
                               db::Read& read,
                               people::Supervisor supervisor,
                               Random& random,
                               Instant now);
Result<http::Response> desk_page(const http::Request& request,
                                 db::Read& read,
                                 people::Supervisor supervisor,
                                 Instant now);
Result<http::Pending> act_post(const http::Request& request,
                               db::Read& read,
                               people::Supervisor supervisor,
                               Instant now);
Result<http::Response> case_page(const http::Request& request,
                                 db::Read& read,
                                 people::Supervisor supervisor);
Result<http::Pending> case_post(const http::Request& request,
                                db::Read& read,
                                people::Supervisor supervisor,
                                Random& random,
                                Instant now);

}  // namespace ln::supervision::staff
