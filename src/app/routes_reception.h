// The part of the list of routes that is about citizen reception.
#pragma once

#include "platform/http/http.h"

namespace ln::app {

void add_reception(http::Router& router);

}  // namespace ln::app
