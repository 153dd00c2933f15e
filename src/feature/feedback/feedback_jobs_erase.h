// What an erasure leaves to a job; app/erasure.h puts the pieces of the rooms together.
#pragma once

#include "feature/feedback/feedback.h"
#include "platform/db/db.h"

namespace ln::feedback {

// Everything of an erased case but its counted facts, and what opens its lines in the ledger. Notes
// that only the files are owed now.
void destroy(db::Write& write, const db::Erasure& permission, FeedbackId id, Instant now);

// Words that were taken out of the search index stand in its old pages until it is written anew.
void rewrite_search(db::Write& write);

}  // namespace ln::feedback
