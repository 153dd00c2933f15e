// A unit that somebody named in a filter: found by its code or its name, or asked about.
#pragma once

#include <string_view>
#include <vector>

#include "base/time.h"
#include "core/units/units.h"
#include "platform/db/db.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::feedback {

// The unit with this code on `today`, or all with this name, typed with or without marks, or else
// at most 20 in whose name each of its words begins one. None for nothing typed.
std::vector<units::Unit> units_asked(db::Read& read, std::string_view typed, Day today);

// "Which one do you mean?" Each unit leads to `list` with its code as `unit`.
html::Fragment which_unit(const html::View& view,
                          const std::vector<units::Unit>& units,
                          const html::Url& list);

}  // namespace ln::feedback
