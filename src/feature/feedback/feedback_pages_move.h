// Cases of which nobody knows yet which new unit they belong to: the list, and the one choice that
// settles each. app/routes_staff names them:
//
//   GET  /staff/reorganisation/{id:number}/undetermined   undetermined_page
//   POST /staff/reorganisation/{id:number}/undetermined   settle
//
// An officer sees here what they see in their queue and may pass on, and nothing else; of a
// protected case only its code.
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/html/fill.h"
#include "platform/http/http.h"

namespace ln::feedback::moves {

Result<http::Response> undetermined_page(const http::Request& request,
                                         db::Read& read,
                                         people::Officer officer,
                                         Instant now);
Result<http::Pending> settle(const http::Request& request,
                             db::Read& read,
                             people::Officer officer,
                             Random& random,
                             Instant now);

// For the queue: how to the lists in which something waits for this officer; empty when nothing.
html::Fragment undetermined_note(const html::View& view,
                                 db::Read& read,
                                 const people::Officer& officer);

}  // namespace ln::feedback::moves
