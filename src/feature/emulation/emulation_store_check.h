// Compares what models, claims and verdicts say today with what the ledger was told.
#pragma once

#include <vector>

#include "core/ledger/ledger_verify.h"
#include "platform/db/db.h"

namespace ln::emulation {

// One fault for each line whose words are not kept as they were told: what a model was registered
// with, the figures, lines and words of its claim, what the supervisor decided and what the unit
// replied; for each the ledger knows that is not there any more; and, by line 0, for each that is
// there and was never told. Empty when all is well.
std::vector<ledger::Fault> unfit_texts(db::Read& read);

}  // namespace ln::emulation
