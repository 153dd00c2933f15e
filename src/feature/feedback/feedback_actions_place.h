// Which office a place in words names.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/units/units.h"
#include "platform/db/db.h"

namespace ln::feedback {

// The one of `communes` whose name stands in `place` with its type, written out or by its first
// letter ("phường Láng", "P. Láng"): whole words, case aside; diacritics count when the place has
// any. Of two names of which one contains the other ("xã Hòa", "xã Hòa Lạc") the longer is meant.
// Null when it names none, or several.
std::optional<units::Unit> named_in(std::string_view place, std::span<const units::Unit> communes);

// The same among those in force on `day`.
std::optional<units::Unit> commune_named(db::Read& read, std::string_view place, Day day);

}  // namespace ln::feedback
