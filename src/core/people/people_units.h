// The units somebody works for, as lists to choose from show them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "core/people/people.h"
#include "core/units/units.h"
#include "platform/db/db.h"

namespace ln::people {

enum class Below : std::uint8_t { none, departments, all };

// The units at those paths (tops_of), each followed by what stands directly below it. Units that
// are abolished on that day are left out.
std::vector<units::Unit> units_at(db::Read& read,
                                  const std::vector<std::string>& tops,
                                  Day on,
                                  Below below = Below::none);

// What somebody is head of, for whoever announces something in the name of a unit.
std::vector<units::Unit> headed_units(db::Read& read,
                                      const Officer& officer,
                                      Day on,
                                      Below below = Below::departments);

}  // namespace ln::people
