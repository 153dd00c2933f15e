// Roles when units change.
#pragma once

#include <cstdint>

#include "core/people/people.h"
#include "platform/db/db.h"

namespace ln::people {

// Gives everybody who holds a role for a unit that ended on the day before `day` the same role for
// each unit that became of it. Whoever has it already is left alone, so it may run again; nobody
// gets a role for the unit above, which would be more than they had. Returns how many were given.
//
// The role for the old unit stays in force: what was closed under the old name is still theirs to
// read, and whoever belonged to an office must not learn later what is said about it.
std::int64_t follow_units(db::Write& write, Day day, Instant now);

// How many roles in force are for `unit` itself.
std::int64_t count_roles(db::Read& read, units::UnitId unit);

}  // namespace ln::people
