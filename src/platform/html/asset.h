// The address of a built file of assets/dist by its plain name: asset("main.css") is
// /a/main.99c58991f0.css, the hash being in the file's name. The table is read once from the files
// embedded in the program; a name that was not built leads to /a/not-built, which a test looks for.
#pragma once

#include <string_view>

#include "platform/html/url.h"

namespace ln::html {

const Url& asset(std::string_view name);

}  // namespace ln::html
