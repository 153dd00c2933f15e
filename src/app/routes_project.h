// The part of the list of routes that is about projects for which households lose land.
#pragma once

#include "platform/http/http.h"

namespace ln::app {

void add_project(http::Router& router);

}  // namespace ln::app
