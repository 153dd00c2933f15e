// Territories of units, and which unit a point lies in.
#pragma once

#include <optional>
#include <string_view>

#include "core/units/units.h"
#include "core/units/units_reorganise.h"
#include "engine/geo/geo.h"
#include "platform/db/db.h"

namespace ln::units {

// In place of what was there. Precondition: geo::parse_area reads it.
void save_area(db::Write& write, UnitId unit, std::string_view area);

// The commune in force on `day` whose territory holds the point; null when no territory that we
// know does, or those of two do (their outlines are drawn coarsely and may overlap).
std::optional<Unit> commune_at(db::Read& read, const geo::Point& point, Day day);

// choose() by words first; where they leave it open, by the point: the heir in whose territory it
// lies.
Choice choose_at(db::Read& read,
                 const Heirs& heirs,
                 Kind ended,
                 std::string_view place,
                 const std::optional<geo::Point>& point,
                 Day day);

}  // namespace ln::units
