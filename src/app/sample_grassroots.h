// The sample's grassroots democracy: what households of one commune decide, and what it discloses.
#pragma once

#include "app/sample_staff.h"
#include "base/random.h"
#include "core/units/units.h"
#include "platform/db/db.h"

namespace ln::app {

// Two decisions by households of `unit`, one that was counted (online and paper together) and one
// that is open; and its list of disclosures with items due, overdue, posted in time, late and where
// nobody can read them. Throws std::logic_error when an act is refused.
void play_grassroots(db::Database& database,
                     const SampleStaff& staff,
                     const units::Unit& unit,
                     Random& random,
                     Instant now);

}  // namespace ln::app
