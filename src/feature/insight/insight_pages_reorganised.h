// The figures of offices, read by the units before or after a reorganisation.
#pragma once

#include "platform/html/fill.h"
#include "platform/http/http.h"

namespace ln::insight {

inline constexpr std::chrono::days reading_period{365};

// GET /figures/units?geography=DAY : the last 365 days by the units of DAY, which is the first day
// of a reorganisation or the one before it; anything else is not found.
Result<http::Response> reorganised_units_page(const http::Request& request,
                                              db::Read& read,
                                              Instant now);

// Links to these readings, for each reorganisation that has come; nothing when there is none.
html::Fragment readings(const html::View& view, db::Read& read, Instant now);

}  // namespace ln::insight
