// Counting for emerging issues.
#pragma once

#include "feature/insight/insight_emerging.h"
#include "platform/db/db.h"

namespace ln::insight {

// Reads the cases of thirteen weeks. A city that began to listen less than eight weeks before has
// no issues.
Issues find_issues(db::Read& read, Instant now);

}  // namespace ln::insight
