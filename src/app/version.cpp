#include "app/version.h"

namespace ln::app {

std::string_view version() { return LN_VERSION; }

}  // namespace ln::app
