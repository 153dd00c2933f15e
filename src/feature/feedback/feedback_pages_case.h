// Finding and following a case, for people: with its code alone what is public, with the secret
// everything that is the sender's. A protected case does not exist for anybody without the secret.
#pragma once

#include "base/random.h"
#include "core/people/people_citizen_session.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::feedback {

// GET /feedback/find: the form; with ?code= on to the case. POST: opens it with the secret.
Result<http::Response> find_page(const http::Request& request);
Result<http::Pending> find_post(const http::Request& request, db::Read& read);

// GET /feedback/{code}, in any spelling of the code.
Result<http::Response> case_page(const http::Request& request, db::Read& read, Instant now);
// GET /feedback/{code}/files/{token}: files that are not published, for the holder.
Result<http::Response> case_file(const http::Request& request, db::Read& read);
// POST /feedback/{code}/open and /close: keep the secret in this browser, and put it away.
Result<http::Pending> open_post(const http::Request& request, db::Read& read);
Result<http::Pending> close_post(const http::Request& request);

// POST /feedback/{code}/{act}: what the holder does: accept, reopen, reply or contest.
Result<http::Pending> act_post(const http::Request& request,
                               db::Read& read,
                               Random& random,
                               Instant now,
                               people::Citizen citizen);

}  // namespace ln::feedback
