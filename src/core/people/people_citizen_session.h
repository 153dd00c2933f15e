// Which citizen is asking: from the cookie of one case, or the header of a machine, to a Citizen.
//
// Whoever opened a case with its secret carries the secret in a cookie named after that case, until
// the browser closes or they put it away; machines send X-Feedback-Secret. Having a Citizen proves
// nothing yet: feedback::open compares its key with the one of the case. Whoever brings no secret
// is told the same as whoever brings a wrong one, so that neither learns whether a code exists.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "core/people/people_citizen.h"
#include "platform/http/http.h"

namespace ln::people {

// The name of the cookie for the case with this code, however the code is written.
std::string case_cookie(std::string_view code);

// The holder of the secret that came with the request for the case in its path ("{code}"): by
// X-Feedback-Secret, or else by the cookie of that case. Null when no secret came with it.
std::optional<Citizen> citizen_of(const http::Request& request);
// The same for a case that is not in the path, or whose code is known already.
std::optional<Citizen> citizen_of(const http::Request& request, std::string_view code);
// A machine: by X-Feedback-Secret alone. What a browser sends by itself does not count, because the
// API asks for no form token.
std::optional<Citizen> machine_of(const http::Request& request);

// Keeps the secret of a case in the reader's browser until it closes; and puts it away again.
http::Response remember_secret(http::Response response,
                               std::string_view code,
                               std::string_view secret);
http::Response forget_secret(http::Response response, std::string_view code);

}  // namespace ln::people

namespace ln::http {

// For what only the holder may do. Refuses (not_found) when no secret came.
template <>
struct Extract<people::Citizen> {
  static Result<people::Citizen> from(const Request& request, db::Read&, Instant) {
    auto citizen = people::citizen_of(request);
    if (!citizen) return Error{ErrorKind::not_found, "people.error.no_secret"_t};
    return *std::move(citizen);
  }
};

}  // namespace ln::http
