// Compares what sessions, questions, answers and minutes say today with what the ledger was told.
#pragma once

#include <vector>

#include "core/ledger/ledger_verify.h"
#include "platform/db/db.h"

namespace ln::dialogue {

// One fault for each line whose words are not kept as they were told: what a session was announced
// with, a question unless its asker took it back, the newest answer to it, each of its minutes and
// what was said against them; and for each the ledger knows that is not there any more. Empty when
// all is well.
std::vector<ledger::Fault> unfit_texts(db::Read& read);

}  // namespace ln::dialogue
