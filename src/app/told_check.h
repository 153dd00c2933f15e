// What the rooms of a city say, compared with what its ledger was told of it.
#pragma once

#include <vector>

#include "core/ledger/ledger_verify.h"
#include "platform/db/db.h"

namespace ln::app {

// The ledger proves itself (ledger::audit); here the tables beside it are compared with it: the
// daily and monthly figures, the words of every case, dialogue, promise, ballot, disclosure,
// reception, draft, programme of supervision, project and model, and the answers to surveys. Each
// fault begins with the name of its room ("project: …"), in the order of the rooms; empty when
// everything is as it was told. Reads every row that holds words, some hundreds at a time.
std::vector<ledger::Fault> check_told(db::Read& read);

}  // namespace ln::app
