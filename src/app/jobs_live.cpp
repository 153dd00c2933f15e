#include "app/jobs_live.h"

#include "feature/dialogue/dialogue_jobs.h"
#include "feature/insight/insight_jobs.h"

namespace ln::app {

void tell_figures(db::Database& database, http::Broadcast& broadcast, Instant now) {
  insight::refresh_figures(database, broadcast, now);
  insight::refresh_long_figures(database, now);
}

void tell_queues(db::Database& database, http::Broadcast& broadcast) {
  dialogue::tell_queues(database, broadcast);
}

}  // namespace ln::app
