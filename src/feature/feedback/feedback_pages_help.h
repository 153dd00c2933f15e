// Pages that explain: how to send and follow, and what this system refuses to do.
#pragma once

#include <span>
#include <string_view>

#include "platform/http/http.h"

namespace ln::feedback {

// GET /help
Result<http::Response> help_page(const http::Request& request);

// GET /refusals: each line that is in force, with the name of the test that proves it.
Result<http::Response> refusals_page(const http::Request& request);

struct Refusal {
  TextKey text;
  std::string_view test;  // as it stands in TEST_CASE("…"); a test looks for it in the sources
};
std::span<const Refusal> all_refusals();

}  // namespace ln::feedback
