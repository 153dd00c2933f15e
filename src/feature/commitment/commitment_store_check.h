// Compares what promises say today with what the ledger was told.
#pragma once

#include <cstdint>
#include <vector>

#include "platform/db/db.h"

namespace ln::commitment {

// Numbers of promises whose text or last day is not what the newest line that made, reworded or
// changed them commits to, and of those that the ledger knows and that are not there any more. In
// their order; empty when all is well.
std::vector<std::int64_t> unfit_texts(db::Read& read);

}  // namespace ln::commitment
