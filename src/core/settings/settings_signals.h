// The lists of changes that rooms of their own leave in the history: of signals of formality the
// thresholds, and what the head of a unit and the supervisor say of one; and the criteria of
// emulation. None is taken back in the common history: criteria are in their own room.
#pragma once

#include <string_view>

#include "core/settings/settings_people.h"  // the lists beside which these stand

namespace ln::settings {

inline constexpr std::string_view signal_rule_list = "signal";
inline constexpr std::string_view signal_dispute_list = "dispute";
inline constexpr std::string_view criterion_list = "criterion";

}  // namespace ln::settings
