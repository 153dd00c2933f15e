// Pages for those who run a session:
//
//   GET  /staff/dialogues                               those of the units they work for
//   GET  /staff/dialogues/new                           announces one
//   POST /staff/dialogues/new
//   GET  /staff/dialogues/{id}                          the queue with what may be done, minutes
//   POST /staff/dialogues/{id}/{act}                    start, finish, cancel, minutes, approve,
//                                                       contest
//   GET  /staff/dialogues/{id}/hall                     a clerk types in what is asked in the hall
//   POST /staff/dialogues/{id}/hall                     with a slip for whoever asked
//   GET  /staff/dialogues/{id}/questions/{code}         one question: answer, join, hide
//   POST /staff/dialogues/{id}/questions/{code}/{act}   call, answer, merge, hide, show
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::dialogue::staff {

Result<http::Response> list_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now);
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
Result<http::Response> hall_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Random& random,
                                 Instant now);
Result<http::Pending> hall_post(const http::Request& request,
                                db::Read& read,
                                people::Officer officer,
                                Random& random,
                                Instant now);
Result<http::Response> question_page(const http::Request& request,
                                     db::Read& read,
                                     people::Officer officer,
                                     Instant now);
Result<http::Pending> question_post(const http::Request& request,
                                    db::Read& read,
                                    people::Officer officer,
                                    Random& random,
                                    Instant now);

}  // namespace ln::dialogue::staff
