// What a unit is called in the language of who reads it.
#pragma once

#include <string>

#include "core/units/units.h"

namespace ln::units {

// Its English name for who reads English, where it has one; its Vietnamese name otherwise. Lives as
// long as the unit.
inline const std::string& name_in(const Unit& unit, bool in_english) {
  return in_english && !unit.name_en.empty() ? unit.name_en : unit.name;
}

}  // namespace ln::units
