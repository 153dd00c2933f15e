// Pages for those who draft:
//
//   GET  /staff/consultations                 those of the units they head
//   GET  /staff/consultations/new             a new draft: typed, pasted or from a file
//   POST /staff/consultations/new             step=check shows its structure, step=keep keeps it
//   GET  /staff/consultations/{id}            where it stands, and what may be done
//   GET  /staff/consultations/{id}/text       its words; once it is open, the next version
//   POST /staff/consultations/{id}/text       as for a new one
//   POST /staff/consultations/{id}/{act}      open, publish, extend, statement, switch
//   POST /staff/consultations/{id}/comments/{code}/{act}   hide, show
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::consultation::staff {

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
                               Instant now);
Result<http::Response> desk_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now);
Result<http::Response> text_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer);
Result<http::Pending> text_post(const http::Request& request,
                                db::Read& read,
                                people::Officer officer,
                                Instant now);
Result<http::Pending> act_post(const http::Request& request,
                               db::Read& read,
                               people::Officer officer,
                               Random& random,
                               Instant now);
Result<http::Pending> comment_post(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer,
                                   Random& random,
                                   Instant now);

}  // namespace ln::consultation::staff
