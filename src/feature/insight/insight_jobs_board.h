// The dashboards, counted by a job and kept for every page.
#pragma once

#include <memory>

#include "feature/insight/insight_board.h"
#include "feature/insight/insight_emerging.h"
#include "feature/insight/insight_jobs_signal.h"
#include "platform/db/db.h"

namespace ln::insight {

// The last count, or one of its own when there is none yet. Thread-safe; what it gives out does
// not change any more.
std::shared_ptr<const Board> current_board(db::Read& read, Instant now);

// The same of the emerging issues, which are counted with it.
std::shared_ptr<const Issues> current_issues(db::Read& read, Instant now);

// Counts anew when the last count is ten minutes old or of another day and the ledger has grown,
// and rests at least twenty times as long as it took.
void refresh_board(db::Database& database, Instant now);

// For tests: what was kept is forgotten.
void forget_board();

}  // namespace ln::insight
