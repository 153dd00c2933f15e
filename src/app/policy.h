// The file of --policy: whom to believe (C2SP tlog-policy).
#pragma once

#include <optional>

#include "app/arguments.h"
#include "engine/merkle/merkle_policy.h"

namespace ln::app {

// Null without the option. Throws Misuse when the file is not there or a line of it is wrong.
std::optional<merkle::Policy> policy_in(const Arguments& given);

}  // namespace ln::app
