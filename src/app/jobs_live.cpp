#include "app/jobs_live.h"

#include "feature/commitment/commitment_actions.h"
#include "feature/dialogue/dialogue_jobs.h"
#include "feature/insight/insight_jobs.h"
#include "feature/supervision/supervision_jobs.h"

namespace ln::app {

void tell_figures(db::Database& database, http::Broadcast& broadcast, Instant now) {
  insight::refresh_figures(database, broadcast, now);
  insight::refresh_long_figures(database, now);
}

void tell_queues(db::Database& database, http::Broadcast& broadcast) {
  dialogue::tell_queues(database, broadcast);
}

void pass_promises(db::Database& database, Random& random, Instant now) {
  commitment::pass_time(database, random, now);
}

void draw_samples(db::Database& database, Instant now) { supervision::draw_due(database, now); }

}  // namespace ln::app
