// The part of the list of routes that is about models of emulation.
#pragma once

#include "platform/http/http.h"

namespace ln::app {

void add_emulation(http::Router& router);

}  // namespace ln::app
