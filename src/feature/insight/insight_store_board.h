// Counting for the dashboards. Reads the tables of other rooms, writes none.
#pragma once

#include "feature/insight/insight_board.h"
#include "platform/db/db.h"

namespace ln::insight {

// Two years to `now`, of the city and of each unit that had something to do. Reads all cases of
// these years: for a job.
Board count_board(db::Read& read, Instant now);

}  // namespace ln::insight
