// Compares the tokens of drafts with what the ledger was told of them.
#pragma once

#include <vector>

#include "core/ledger/ledger_verify.h"
#include "platform/db/db.h"

namespace ln::consultation {

// One fault for each line in clear whose draft has another key, is for another number of people,
// or holds another count of slips or of spent tokens than was told; and for each draft of which
// more tokens were given or spent than it has people. Empty when all is well.
std::vector<ledger::Fault> unfit_tokens(db::Read& read);

}  // namespace ln::consultation
