// Compares what programmes, findings and advice say today with what the ledger was told.
#pragma once

#include <vector>

#include "core/ledger/ledger_verify.h"
#include "platform/db/db.h"

namespace ln::supervision {

// One fault for each line in clear whose words are not kept as they were told: the frame that was
// announced, which head drew it and how many, each finding, each piece of advice with its last day,
// each answer of a unit and what the supervisor made of it; for each the ledger knows that is not
// there any more; and for what is there and was never told, by line 0. Of a finding about an erased
// case the words are gone and its hash stays. Title and subject of a programme were never told to
// the ledger. Empty when all is well.
std::vector<ledger::Fault> unfit_texts(db::Read& read);

}  // namespace ln::supervision
