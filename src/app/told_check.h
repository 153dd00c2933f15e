// What the rooms of a city say, compared with what its ledger was told of it.
#pragma once

#include <vector>

#include "core/ledger/ledger_verify.h"
#include "platform/db/db.h"

namespace ln::app {

// The ledger proves itself (ledger::audit); here the tables beside it are compared with it: the
// daily and monthly figures, the words of every case, of dialogues and of promises, and the answers
// to surveys. Faults in the order of the rooms; empty when everything is as it was told. Reads
// every case.
std::vector<ledger::Fault> check_told(db::Read& read);

}  // namespace ln::app
