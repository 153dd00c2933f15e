// Compares what days, turns and the log say today with what the ledger was told.
#pragma once

#include <vector>

#include "core/ledger/ledger_verify.h"
#include "platform/db/db.h"

namespace ln::reception {

// One fault for each line whose words are not kept as they were told: what a day was announced
// with and why it was moved or cancelled, what a turn was booked about, each entry of the log, each
// written result, what was said against it and what was decided; and for each the ledger knows that
// is not there any more. Turns that were erased are passed by. Empty when all is well.
std::vector<ledger::Fault> unfit_texts(db::Read& read);

}  // namespace ln::reception
