// The home page: what the city does with what it hears, at a glance.
#pragma once

#include "platform/http/http.h"

namespace ln::insight {

// GET /
Result<http::Response> home_page(const http::Request& request, db::Read& read, Instant now);

}  // namespace ln::insight
