// Who may judge the work of a unit (decisions 35 and 36).
#pragma once

#include <string_view>

#include "core/people/people.h"

namespace ln::people {

// Whether somebody has no other role in the unit at `path`, above it or below it, and does not
// administer accounts: an administrator can make themselves a supervisor, and a head can be made
// one.
bool is_independent(const Staff& staff, std::string_view path);

}  // namespace ln::people
