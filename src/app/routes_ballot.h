// Decisions by households: their routes, in one place.
#pragma once

#include "platform/http/http.h"

namespace ln::app {

void add_ballot(http::Router& router);

}  // namespace ln::app
