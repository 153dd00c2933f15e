// What communes disclose: their routes, in one place.
#pragma once

#include "platform/http/http.h"

namespace ln::app {

void add_disclosure(http::Router& router);

}  // namespace ln::app
