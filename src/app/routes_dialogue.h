// The part of the list of routes that is about dialogues and what was promised in them.
#pragma once

#include "platform/http/http.h"

namespace ln::app {

void add_dialogue(http::Router& router);

}  // namespace ln::app
