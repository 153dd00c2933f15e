// Whether a case was counted in the city's public figures, for whoever holds its secret: as a page,
// as a file that proves it, and for machines. Without the secret each answer is the one that a case
// which does not exist gets. What is counted: core/ledger/ledger_counted.h.
#pragma once

#include "core/people/people_citizen_session.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::feedback {

// GET /feedback/{code}/counted: a sentence for each figure in which the case counts.
Result<http::Response> counted_page(const http::Request& request,
                                    db::Read& read,
                                    people::Citizen citizen,
                                    Instant now);
// GET /feedback/{code}/counted/{line}/{figure}: the proof of one of them. 404 while it is not
// counted.
Result<http::Response> counted_file(const http::Request& request,
                                    db::Read& read,
                                    people::Citizen citizen,
                                    Instant now);
// GET /api/v1/feedback/{code}/counted: the same as JSON, with the proofs.
Result<http::Response> counted_api(const http::Request& request, db::Read& read, Instant now);

}  // namespace ln::feedback
