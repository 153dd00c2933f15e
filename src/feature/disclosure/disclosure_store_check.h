// Compares what communes disclosed with what the ledger was told.
#pragma once

#include <vector>

#include "core/ledger/ledger_verify.h"
#include "platform/db/db.h"

namespace ln::disclosure {

// One fault for each line in clear whose item or posting is not kept as it was told, or is not
// there any more. Empty when all is well.
std::vector<ledger::Fault> unfit_texts(db::Read& read);

}  // namespace ln::disclosure
