// Compares what drafts, comments, answers and objections say today with what the ledger was told.
#pragma once

#include <vector>

#include "core/ledger/ledger_verify.h"
#include "platform/db/db.h"

namespace ln::consultation {

// One fault for each line whose words are not kept as they were told: the text of each version in
// the public log, the day each draft closes, its stage, decision and archive, what each comment
// says since it was sent or changed last and why it is hidden, what was objected to an answer and
// the editor's reply to it, the answer that stands under each point with the comments it answers,
// the minutes and letters that comments were taken from, and whom an invitation was sent to. For an
// answer that is out of sight though nothing reopened it; for words of a comment that was
// withdrawn; for each the ledger knows that is not there any more; and for what is there and was
// never told, by line 0. Empty when all is well.
std::vector<ledger::Fault> unfit_texts(db::Read& read);

}  // namespace ln::consultation
