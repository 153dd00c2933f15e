// The public dashboard of the city and of each unit: how satisfied people are, how that moves, what
// waits for how long, when people write; bands, never ranks.
#pragma once

#include "platform/http/http.h"

namespace ln::insight {

// GET /figures/board?unit=&with=&a=&b= : of the unit with this code today, or of the city. `with`,
// the code or name of a second unit, and `a` and `b`, two quarters ("quarter:2026-07-01"), set
// figures beside each other. A unit or quarter that is none is said beside its field, with 422;
// an unknown `unit` is not found.
Result<http::Response> board_page(const http::Request& request, db::Read& read, Instant now);

// GET /figures/board/units?unit= : the units directly below, in bands, and what waits at each. A
// page of its own, because a city has hundreds.
Result<http::Response> board_units_page(const http::Request& request, db::Read& read, Instant now);

}  // namespace ln::insight
