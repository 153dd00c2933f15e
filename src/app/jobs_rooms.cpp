#include "app/jobs_rooms.h"

#include "feature/ballot/ballot_jobs.h"
#include "feature/commitment/commitment_actions.h"
#include "feature/commitment/commitment_actions_case.h"
#include "feature/dialogue/dialogue_jobs.h"
#include "feature/disclosure/disclosure_jobs.h"
#include "feature/emulation/emulation_actions_criteria.h"
#include "feature/insight/insight_jobs.h"
#include "feature/insight/insight_jobs_board.h"
#include "feature/insight/insight_jobs_signal.h"
#include "feature/project/project_jobs.h"
#include "feature/reception/reception_jobs.h"
#include "feature/supervision/supervision_jobs.h"
#include "feature/survey/survey_jobs.h"

namespace ln::app {

void tell_figures(db::Database& database, http::Broadcast& broadcast, Instant now) {
  insight::refresh_settled(database, now);
  insight::refresh_figures(database, broadcast, now);
  insight::refresh_long_figures(database, now);
}

void tell_queues(db::Database& database, http::Broadcast& broadcast) {
  dialogue::tell_queues(database, broadcast);
}

void forget_networks(db::Database& database) { dialogue::forget_networks(database); }

void pass_promises(db::Database& database, Random& random, Instant now) {
  commitment::follow_cases(database, random, now);
  commitment::pass_time(database, random, now);
}

void start_letters(db::Database& database, Random& random, Instant now) {
  project::put_letters_in_force(database, random, now);
}

void watch_figures(db::Database& database, Instant now) {
  insight::refresh_board(database, now);
  insight::find_signals(database, now);
}

void attend_grassroots(db::Database& database, bool may_scrub, Instant now) {
  ballot::count_due(database, now);
  if (may_scrub) ballot::mix_counted(database);
  disclosure::keep_openings(database);
}

void forget_receptions(db::Database& database, Random& random, Instant now) {
  reception::forget_words(database, random, now);
}

void follow_receptions(db::Database& database, Instant now) {
  reception::follow_units(database, now);
}

std::int64_t apply_criteria(db::Database& database, Instant now) {
  return emulation::apply_due_criteria(database, now);
}

void draw_samples(db::Database& database, Instant now) { supervision::draw_due(database, now); }

void attend_surveys(db::Database& database, Instant now) {
  survey::draw_due(database, now);
  // What people wrote goes with the last day.
  if (survey::close_due(database, now) > 0) database.scrub();
}

}  // namespace ln::app
