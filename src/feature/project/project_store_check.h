// Compares what projects and the files of households say today with what the ledger was told.
#pragma once

#include <vector>

#include "core/ledger/ledger_verify.h"
#include "platform/db/db.h"

namespace ln::project {

// One fault for each line whose words are not kept as they were told: what was published, with the
// rows of a table of prices; the rounds with what is printed of them; the file of each household
// with the plan of each parcel, as it was taken in or put right since; each question with its
// answer, its round and its dates; each letter that was printed again, with its key and what became
// of it, and which of them opens the file. For each the ledger knows that is not there any more;
// for what is there and was never told, by line 0; and for words that stand in a file that was
// erased. Empty when all is well.
std::vector<ledger::Fault> unfit_texts(db::Read& read);

}  // namespace ln::project
