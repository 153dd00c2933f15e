// A reply that the browser keeps as a file instead of showing it.
#pragma once

#include <string_view>

#include "platform/http/http.h"

namespace ln::http {

// `name` is ours: letters, digits, '-', '_' and '.', because it stands in a header as it is.
Response download(Response response, std::string_view name);

}  // namespace ln::http
