// Taking in for others, at a counter or on the phone: a form, its read-back page, and the slip. For
// clerks and heads; everybody else is refused.
#pragma once

#include "base/random.h"
#include "core/people/people.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::feedback::help {

// GET /staff/intake, with ?paper= the code of a printed form.
Result<http::Response> intake_page(const http::Request& request,
                                   db::Read& read,
                                   Random& random,
                                   people::Officer clerk,
                                   Instant now);
// POST /staff/intake: what was typed, in large print to be read back. With the field `edit` the
// form again.
Result<http::Pending> read_back(const http::Request& request,
                                db::Read& read,
                                Random& random,
                                people::Officer clerk,
                                Instant now);
// POST /staff/intake/send, which may bring files: it runs on a worker. Answers with the slip.
Result<http::Pending> send_intake(const http::Request& request,
                                  db::Read& read,
                                  Random& random,
                                  people::Officer clerk,
                                  Instant now);

}  // namespace ln::feedback::help
