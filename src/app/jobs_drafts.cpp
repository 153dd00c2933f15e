// What drafts open to comment need from the jobs of each minute.
#include "app/jobs_rooms.h"

#include "feature/consultation/consultation_actions.h"
#include "feature/consultation/consultation_actions_contact.h"
#include "feature/consultation/consultation_actions_token.h"
#include "feature/consultation/consultation_jobs.h"
#include "feature/consultation/consultation_jobs_archive.h"

namespace ln::app {

void index_comments(db::Database& database) {
  // Behind by more than a turn: on, but the other jobs have their time too.
  constexpr int turns_max = 10;
  for (int n = 0; n < turns_max && consultation::index_comments(database) > 0;) ++n;
}

void attend_drafts(db::Database& database, bool may_scrub, Instant now) {
  while (consultation::tally_comments(database)) {
  }
  consultation::close_due(database, now);
  consultation::draw_maps(database, now);
  consultation::forget_unconfirmed(database, now);
  // Letters of a decision to thousands leave within minutes; the other jobs have their time.
  constexpr int turns_max = 20;
  for (int n = 0; n < turns_max && consultation::tell_contacts(database, now) > 0;) ++n;
  consultation::make_archive(database, now);
  // What was withdrawn or hidden stays in no search and in no file.
  if (may_scrub) consultation::forget_searched_words(database);
  // The key of a closed draft signs nothing any more, wherever its bytes stood.
  if (may_scrub) consultation::scrub_token_keys(database);
}

}  // namespace ln::app
