// When each office is open. Most are open as everybody; a unit has hours of its own, or those of
// the nearest unit above that has.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/units/units.h"
#include "platform/db/db.h"

namespace ln::workdays {

// By unit, as lines of engine/calendar/calendar_hours.h.
std::map<units::UnitId, std::string> all_hours(db::Read& read);
// Of the unit at this path; empty for the usual ones. Remembered for a moment (db::recent).
std::string hours_at(db::Read& read, std::string_view unit_path);
void save_hours(db::Write& write, units::UnitId unit, std::string_view line);

}  // namespace ln::workdays
