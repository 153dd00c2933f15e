// Compares what decisions by households say today with what the ledger was told.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/ledger/ledger_verify.h"
#include "feature/ballot/ballot.h"
#include "platform/db/db.h"

namespace ln::ballot {

// One fault for each line in clear whose ballot is not kept as it was told: the questions, rule and
// dates that were announced, the box that was counted, the reason for which it was cancelled; and
// for each the ledger knows that is not there any more. Empty when all is well.
std::vector<ledger::Fault> unfit_texts(db::Read& read);

// How many households the ledger was last told that there are (announced, or one taken off). Null
// when what the ballot says is not what the ledger was told, or when the list holds more or fewer.
std::optional<std::int64_t> households_told(db::Read& read, const Ballot& ballot);

}  // namespace ln::ballot
