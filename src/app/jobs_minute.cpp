// What the jobs do once a minute.

#include "app/clock.h"
#include "app/erasure.h"
#include "app/jobs.h"
#include "app/jobs_rooms.h"
#include "core/notice/notice_jobs.h"
#include "core/people/people_jobs.h"
#include "core/views/views_store.h"
#include "feature/feedback/feedback_actions_absence.h"
#include "feature/feedback/feedback_jobs.h"
#include "feature/feedback/feedback_jobs_digest.h"
#include "feature/feedback/feedback_jobs_escalate.h"
#include "feature/feedback/feedback_jobs_held.h"
#include "feature/feedback/feedback_jobs_protect.h"
#include "feature/insight/insight_jobs_facts.h"
#include "feature/insight/insight_jobs_monthly.h"

namespace ln::app {

void Jobs::each_minute() {
  db::Database& database = city_.database();
  // Not with each erasure, because it costs more than one and serves all that came meanwhile; on
  // PostgreSQL, where it writes the tables anew and holds them, at night.
  if (!city_.is_on_server() || is_night(now())) attempt("scrub", [&] { scrub_erased(database); });
  attempt("looks", [&] { views::looks().flush(database, now()); });
  attempt("popular", [&] { feedback::popular().refresh(database, now()); });
  attempt("lapse", [&] { feedback::lapse_silent(database, random_, now()); });
  attempt("resume", [&] { feedback::resume_asked(database, random_, now()); });
  attempt("escalate", [&] {
    // A city that was off for weeks catches up in a few minutes; the other jobs have their time.
    constexpr int turns_max = 20;
    for (int n = 0; n < turns_max && feedback::escalate_late(database, random_, now()) > 0;) ++n;
  });
  attempt("absences", [&] { feedback::hand_over_absent(database, random_, now()); });
  attempt("sessions", [&] { people::keep_sessions(database, now()); });
  attempt("bands", [&] { feedback::forget_bands(database, now()); });
  attempt("held", [&] { feedback::expire_held(database, random_, now()); });
  attempt("drafts", [&] { feedback::forget_drafts(database, now()); });
  attempt("protect", [&] {
    feedback::ask_whether_pressed(database, now());
    // Reads every contact there is, so once a night; what was destroyed is scrubbed at once.
    if (is_night(now()) && local_day(now()) != contacts_seen_on_) {
      bool any = false;
      while (feedback::destroy_contacts(database, now()) > 0) any = true;
      if (any) database.scrub();
      contacts_seen_on_ = local_day(now());
    }
  });
  attempt("digests", [&] {
    feedback::queue_digests(database, now());
    notice::forget_stale(database, now());
  });
  attempt("drafts open to comment",
          [&] { attend_drafts(database, !city_.is_on_server() || is_night(now()), now()); });
  if (!city_.is_on_server() || is_night(now()))
    attempt("networks of dialogues", [&] { forget_networks(database); });
  attempt("commitments", [&] { pass_promises(database, random_, now()); });
  attempt("grassroots",
          [&] { attend_grassroots(database, !city_.is_on_server() || is_night(now()), now()); });
  attempt("letters of households", [&] { start_letters(database, random_, now()); });
  attempt("receptions", [&] { forget_receptions(database, random_, now()); });
  attempt("supervision", [&] { draw_samples(database, now()); });
  attempt("surveys", [&] { attend_surveys(database, now()); });
  attempt("figures watched", [&] { watch_figures(database, now()); });
  attempt("deadlines", [&] { insight::announce_deadlines(database, now()); });
  // Last: the first time it reads the whole ledger.
  attempt("days", [&] { insight::announce_due(database, days_, random_, now()); });
}

}  // namespace ln::app
