// Compares what cases say today with what the ledger was told.
#pragma once

#include <vector>

#include "core/ledger/ledger_verify.h"
#include "platform/db/db.h"

namespace ln::feedback {

// One fault for each line of the ledger whose words are not kept as they were told: the report as
// it was sent or corrected, every answer, question, reply and reason, and the version that
// everybody reads; and for each case the ledger knows whose row is not there any more. Erased cases
// have no words, and what still waits for its batch was not told yet. Reads every case: for audits.
std::vector<ledger::Fault> unfit_texts(db::Read& read);

}  // namespace ln::feedback
