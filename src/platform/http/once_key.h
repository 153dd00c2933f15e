// The key under which a form is sent once (platform/db/once.h).
#pragma once

#include <string>

#include "base/random.h"
#include "platform/http/http.h"

namespace ln::http {

// The one the form bears in its field "once"; for a form that is shown first, or bears none of the
// right size, a new one of 128 bits in hexadecimal.
std::string once_key(const Fields& form, Random& random);

}  // namespace ln::http
