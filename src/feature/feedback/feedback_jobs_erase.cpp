#include "feature/feedback/feedback_jobs_erase.h"

#include "core/ledger/ledger_actions.h"
#include "feature/feedback/feedback_actions_erase.h"
#include "feature/feedback/feedback_store_erase.h"
#include "feature/feedback/feedback_store_search.h"

namespace ln::feedback {

void destroy(db::Write& write, const db::Erasure& permission, FeedbackId id, Instant now) {
  take_away_the_rest(write, id);
  ledger::erase(write, permission, {"feedback", id.value});
  note_destroyed(write, id, now);
}

void rewrite_search(db::Write& write) { search_index.optimize(write); }

}  // namespace ln::feedback
