// The page on which the holder of a case rates its answer.
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_citizen_session.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::satisfaction {

// GET /feedback/{code}/ratings: the form, filled with what was said before.
Result<http::Response> rating_page(const http::Request&, db::Read&, people::Citizen, Instant now);
// POST /feedback/{code}/ratings: back to the page, which then shows what was said.
Result<http::Pending> rating_form(
    const http::Request&, db::Read&, people::Citizen, Random&, Instant now);

}  // namespace ln::satisfaction
