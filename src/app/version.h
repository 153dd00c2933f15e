// Which release this program is.
#pragma once

#include <string_view>

namespace ln::app {

// As CMakeLists.txt names it: "0.1.0".
std::string_view version();

}  // namespace ln::app
