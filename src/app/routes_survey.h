// The routes of surveys, registered once by routes.cpp.
#pragma once

#include "platform/http/http.h"

namespace ln::app {

void add_survey(http::Router& router);

}  // namespace ln::app
