// Which sessions are administrators', as this process has seen them: for what is shown above their
// pages without asking the database again. It opens nothing; who may do something is asked by
// staff_of (people_session.h).
#pragma once

#include "core/people/people_session.h"

namespace ln::people {

// Whether the session of this request was an administrator's when it last asked for a page of
// staff. False after a restart until it asks again. Thread-safe.
bool is_known_administrator(const http::Request& request);

// Told by staff_of alone.
void note_administrator(const Hash& token_hash, bool is_one);

}  // namespace ln::people
