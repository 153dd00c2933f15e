// What a program is told about complaints and denunciations in the legal sense (decision 26).
#pragma once

#include <optional>
#include <string>

#include "feature/feedback/feedback_actions_held.h"
#include "platform/http/http.h"
#include "platform/http/http_json.h"
#include "platform/json/json.h"

namespace ln::feedback {

// What `nature` says, if anything. A word that is none is an error of the member.
std::optional<Nature> nature_in(http::Members& members);

// When nobody said what it is and the words sound like one: `suspected`, which changes nothing.
void write_suspicion(json::Writer& writer, const Typed& typed, bool is_said, Instant now);

// The answer to what is kept, from the member after its code to the end of the object.
std::string held_rest(const http::Request& request, const HeldPrepared& prepared);

// A text that is kept, for whoever has its secret.
http::Response held_response(const http::Request& request, const Held& held);

}  // namespace ln::feedback
