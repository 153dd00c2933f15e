// What is answered while the database server cannot be reached or says nothing.
#pragma once

#include "platform/http/http.h"

namespace ln::http {

// 503, and the sentence that the database does not answer and that nothing was stored. The answer
// to a form holds what was typed and sends it again with one button, as not_stored_response() does.
Response away_response(const Request& request);

}  // namespace ln::http
