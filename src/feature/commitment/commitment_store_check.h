// Compares what promises say today with what the ledger was told.
#pragma once

#include <vector>

#include "core/ledger/ledger_verify.h"
#include "platform/db/db.h"

namespace ln::commitment {

// One fault for each promise whose text or last day is not what the newest line that made, reworded
// or changed it commits to, and for each that the ledger knows and that is not there any more, by
// that line. In the order of the promises; empty when all is well.
std::vector<ledger::Fault> unfit_texts(db::Read& read);

}  // namespace ln::commitment
