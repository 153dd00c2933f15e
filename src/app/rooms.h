// The rooms in which staff work beside the queue: what the menu has no place for.
#pragma once

#include "base/result.h"
#include "core/people/people.h"
#include "platform/http/http.h"

namespace ln::app {

// GET /staff/rooms: every room with a sentence of what is done in it. What an officer may do in it
// the room itself says.
Result<http::Response> rooms_page(const http::Request& request, people::Staff staff);

}  // namespace ln::app
