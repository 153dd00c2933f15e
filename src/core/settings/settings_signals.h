// The lists of changes that signals of formality leave in the history: thresholds, and what the
// head of a unit and the supervisor say of one. Neither is taken back there.
#pragma once

#include <string_view>

#include "core/settings/settings_people.h"  // the lists beside which these stand

namespace ln::settings {

inline constexpr std::string_view signal_rule_list = "signal";
inline constexpr std::string_view signal_dispute_list = "dispute";

}  // namespace ln::settings
