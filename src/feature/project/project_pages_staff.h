// Pages for an office:
//
//   GET  /staff/projects                             those of the units they work for
//   GET  /staff/projects/new                         announces one
//   POST /staff/projects/new
//   GET  /staff/projects/{id}                        what may be done: publish, rounds, files,
//                                                    questions that wait, each to whom it is due
//   POST /staff/projects/{id}/{act}                  publish, open, close
//   GET  /staff/projects/{id}/files                  takes in households from a file
//   POST /staff/projects/{id}/files                  step=check names what is wrong, step=keep
//                                                    keeps them and prints the letters
//   GET  /staff/projects/{id}/letter                 prints the lost letter of a household again,
//   POST /staff/projects/{id}/letter                 once, for who names its number and says why
//   GET  /staff/projects/{id}/questions/{code}       one question that waits
//   POST /staff/projects/{id}/questions/{code}       its answer
//
// No page lists households, and none shows a question that has its answer.
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::project::staff {

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
Result<http::Response> files_page(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer);
Result<http::Pending> files_post(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Random& random,
                                 Instant now);
Result<http::Response> letter_page(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer);
Result<http::Pending> letter_post(const http::Request& request,
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

}  // namespace ln::project::staff
