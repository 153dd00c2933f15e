// The one list of routes.
#pragma once

#include "platform/http/http.h"

namespace ln::app {

using http::Router;

Router make_routes();

// A part of the list each, in a file of its own.
void add_api(Router& router);
void add_core(Router& router);
void add_feedback(Router& router);
void add_public(Router& router);
void add_staff(Router& router);
void add_administration(Router& router);
void add_comfort(Router& router);
void add_exchange(Router& router);
void add_watch(Router& router);
void add_consultation(Router& router);
void add_open(Router& router);
void add_reports(Router& router);

}  // namespace ln::app
