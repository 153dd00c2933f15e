// Pages for those who promise in the name of a unit:
//
//   GET  /staff/commitments              what the units they head have promised
//   GET  /staff/commitments/new          a new one; ?question=CODE: from an answer of a dialogue
//   POST /staff/commitments/new          makes it; without a question, with a slip for the asker
//   GET  /staff/commitments/{id}         where it stands, and what may be done
//   POST /staff/commitments/{id}/{act}   reword, declare, admit, propose_change
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::commitment::staff {

Result<http::Response> list_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Instant now);
Result<http::Response> new_page(const http::Request& request,
                                db::Read& read,
                                people::Officer officer,
                                Random& random,
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

}  // namespace ln::commitment::staff
