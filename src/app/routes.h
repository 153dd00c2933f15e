// The one list of routes.
#pragma once

#include "platform/http/http.h"

namespace ln::app {

using http::Router;

Router make_routes();

}  // namespace ln::app
