// Compares the tokens of drafts with what the ledger was told of them, and counts that are kept
// with the rows they were counted from.
#pragma once

#include <vector>

#include "core/ledger/ledger_verify.h"
#include "platform/db/db.h"

namespace ln::consultation {

// A fault for each draft that has no key told of, more than one, or another than was told; is for
// another number of people; was printed, or holds, another number of slips than was told; has a key
// destroyed or kept in silence; spent another number of tokens than was told, or more than it has
// people; or has comments by token of which none was spent. Empty when all is well.
std::vector<ledger::Fault> unfit_tokens(db::Read& read);

// A fault for each draft whose kept counts of comments are not what its comments give when they are
// counted again (decision 49). Empty when all is well. As long as reading all comments takes.
std::vector<ledger::Fault> unfit_tallies(db::Read& read);

}  // namespace ln::consultation
