// Counting by the units of another day.
#pragma once

#include "feature/insight/insight_reorganised.h"
#include "platform/db/db.h"

namespace ln::insight {

// Cases of the classes of open data whose stretch ended in [first, last], as they stood when the
// last week was told, by the units of `day`: the unit that has a case if it was in force then; else
// where the case came from or went to. Ratings are left out.
Reading count_by_units_of(db::Read& read, Day day, Day first, Day last);

}  // namespace ln::insight
