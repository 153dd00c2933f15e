// Saying what happened in a matter of grassroots democracy to everybody, in the caller's
// transaction.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "core/ledger/ledger_public_grassroots.h"
#include "platform/db/db.h"

namespace ln::ledger {

// As announce() of ledger_public_actions.h: appends `fact` as a line in clear and gives its index.
Result<std::int64_t> announce(db::Write& write, const GrassrootsFact& fact);

}  // namespace ln::ledger
