// Counting by the units of another day.
#pragma once

#include "feature/insight/insight_reorganised.h"
#include "platform/db/db.h"

namespace ln::insight {

// Cases received in [from, to), as they stand at `now`, by the units of `day`: the unit that has a
// case if it was in force then; else where the case came from or went to. Left out are the same as
// in count_figures, and so are ratings.
Reading count_by_units_of(db::Read& read, Day day, Instant from, Instant to, Instant now);

}  // namespace ln::insight
