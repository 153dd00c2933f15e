// Paper forms with codes printed beforehand: printed in batches by whoever takes in for others, and
// what their codes answer before somebody has typed them in.
#pragma once

#include "base/random.h"
#include "core/people/people.h"
#include "feature/feedback/feedback_intake.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::feedback::help {

// GET /staff/paper: the batches of the officer's units, and the form to print another.
Result<http::Response> papers_page(const http::Request& request,
                                   db::Read& read,
                                   people::Officer clerk,
                                   Instant now);
// POST /staff/paper: records a batch and answers with the forms to print. The secrets on their
// strips are on this page only; printing it again means another batch.
Result<http::Pending> print_batch(const http::Request& request,
                                  db::Read& read,
                                  Random& random,
                                  people::Officer clerk,
                                  Instant now);
// POST /staff/paper/{batch}/withdraw
Result<http::Pending> withdraw_batch(const http::Request& request,
                                     people::Officer clerk,
                                     Instant now);

// What the code of a form answers while there is no case of it. Null for a form that was typed in.
std::optional<http::Response> paper_page(const html::View& view, const Paper& paper, Instant now);

}  // namespace ln::feedback::help
