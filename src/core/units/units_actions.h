// Bringing units and procedures in from CSV files.
//
// Each import is all or nothing: the whole file is read and checked against the tree before the
// first row is written, and a refusal (ErrorKind::invalid) names the line in fields[0].field.
// Files are lists an administrator installs, so there is no person to ask for permission here.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "core/units/units.h"
#include "platform/db/db.h"

namespace ln::units {

// When what a file describes was in force.
struct Period {
  Day from;
  std::optional<Day> to = std::nullopt;  // the last day
};

// The statistics office's list: level (1 city, 2 district, 3 commune), code, name, type,
// parent_code; a parent stands before its children. Refuses a (code, valid_from) that exists.
// Returns how many were taken.
Result<std::size_t> import_units(db::Write& write, std::string_view csv, const Period& period);

// Territories of units in force on `day`: code, area (engine/geo/geo.h).
Result<std::size_t> import_areas(db::Write& write, std::string_view csv, Day day);

// What became of the units in force on the day before `change`: new_code, old_code, relation
// (full, partial, keep, renamed) and the note of the source. Refuses a line about a unit we do not
// have. An old unit that no line mentions stays undetermined.
Result<std::size_t> import_successions(db::Write& write, std::string_view csv, Day change);

// Departments, divisions, counters and organisations with their hours, below units in force on the
// day each begins; no unit outlives the one above it. A closed one may name its successor, which
// begins the next day and stands in the same file.
Result<std::size_t> import_departments(db::Write& write, std::string_view csv);

// Gives every commune in force on `from` its own service centre with four desks, as the one line of
// the file describes it.
Result<std::size_t> open_service_centres(db::Write& write, std::string_view csv, Day from);

// The catalogue of procedures. Each line says in `source` where it comes from.
Result<std::size_t> import_procedures(db::Write& write, std::string_view csv);

// The day on which districts ended and the communes were redrawn: 1 July 2025.
inline constexpr Day two_tier_day{std::chrono::year(2025) / 7 / 1};

// The real Hanoi of 2018 (30 districts, 584 communes), the one of 1 July 2025 (126 communes), what
// became of the old ones, and the sample's departments, counters and procedures, all from the files
// inside the executable. Refuses (conflict) when there is a city already.
Result<Done> install_hanoi(db::Write& write);

}  // namespace ln::units
