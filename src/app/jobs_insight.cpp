// What the jobs count for dashboards and signals.
#include "app/clock.h"
#include "app/jobs.h"
#include "feature/insight/insight_jobs_board.h"
#include "feature/insight/insight_jobs_signal.h"

namespace ln::app {

void Jobs::count_insight() {
  db::Database& database = city_.database();
  attempt("board", [&] { insight::refresh_board(database, now()); });
  attempt("signals", [&] { insight::find_signals(database, now()); });
}

}  // namespace ln::app
