// Desks for those who lead, and each officer's mirror.
#pragma once

#include "core/people/people_session.h"
#include "feature/insight/insight_actions_signal.h"
#include "platform/http/http.h"

namespace ln::insight {

// GET /staff/desk?unit= : what is overdue, what was promised, where trust is falling, what emerges
// and what signals say, of the unit with this code or of the first the reader leads. A unit that
// they do not lead does not exist.
Result<http::Response> desk_page(const http::Request& request,
                                 db::Read& read,
                                 Head head,
                                 Instant now);

// GET /staff/mirror : of the reader's own work, and nobody else's.
Result<http::Response> mirror_page(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer,
                                   Instant now);

}  // namespace ln::insight
