// The sample's citizen reception: days that were held, moved, cancelled and not held, turns with
// results in time, late and overdue, one that was contested, and days to come.
#pragma once

#include <vector>

#include "app/sample_staff.h"
#include "base/random.h"
#include "core/units/units.h"
#include "platform/db/db.h"

namespace ln::app {

// The first of `wards` has all of it, a few others and the city have quiet days. Throws
// std::logic_error when an act is refused.
void play_receptions(db::Database& database,
                     const SampleStaff& staff,
                     const std::vector<units::Unit>& wards,
                     Random& random,
                     Instant now);

}  // namespace ln::app
