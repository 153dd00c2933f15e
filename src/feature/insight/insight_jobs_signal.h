// Looking for signals, once a month.
#pragma once

#include "base/time.h"
#include "platform/db/db.h"

namespace ln::insight {

// Looks for the signals of the last month when it has been over for three days and nobody has.
// Gives whether it did.
bool find_signals(db::Database& database, Instant now);

}  // namespace ln::insight
