// What time does to sign-ins.
#pragma once

#include "base/time.h"
#include "platform/db/db.h"

namespace ln::people {

// Once a minute: writes down when each session was last seen, ends those that are over, and forgets
// failed sign-ins of more than a day ago.
void keep_sessions(db::Database& database, Instant now);

}  // namespace ln::people
