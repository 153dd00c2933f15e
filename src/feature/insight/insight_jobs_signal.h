// Looking for signals, once a month.
#pragma once

#include "base/time.h"
#include "platform/db/db.h"

namespace ln::insight {

// Looks for the signals of the last month when it has been over for three days and nobody has; of
// earlier ones first, month by month from the last one counted, where a server was off meanwhile.
// Gives whether it did: then another month may wait.
bool find_signals(db::Database& database, Instant now);

}  // namespace ln::insight
