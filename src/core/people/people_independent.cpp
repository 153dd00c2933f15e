#include "core/people/people_independent.h"

#include <algorithm>

#include "core/units/units.h"

namespace ln::people {

bool is_independent(const Staff& staff, std::string_view path) {
  return std::ranges::none_of(staff.grants(), [&](const Grant& each) {
    if (each.role == Role::supervisor) return false;
    if (each.role == Role::administrator) return true;
    return units::is_within(path, each.unit_path) || units::is_within(each.unit_path, path);
  });
}

}  // namespace ln::people
