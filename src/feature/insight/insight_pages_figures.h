// The figures of the city, each with what it is made of, and the same numbers as a file.
#pragma once

#include "platform/http/http.h"

namespace ln::insight {

// GET /figures
Result<http::Response> figures_page(const http::Request& request, db::Read& read, Instant now);

// GET /figures/units?after= : all offices in alphabetical order, a page at a time; `after` is the
// code of the last office of the page before.
Result<http::Response> figures_units_page(const http::Request& request,
                                          db::Read& read,
                                          Instant now);

// GET /figures/units.csv : one line for each office, counts below five left empty.
Result<http::Response> figures_csv(const http::Request& request, db::Read& read, Instant now);

}  // namespace ln::insight
