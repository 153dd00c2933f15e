#include "app/jobs.h"

#include <malloc.h>

#include <exception>

#include "app/clock.h"
#include "app/erasure.h"
#include "app/jobs_rooms.h"
#include "base/log.h"
#include "core/ledger/ledger_jobs.h"
#include "core/settings/settings_actions_site.h"
#include "core/settings/settings_actions_units.h"
#include "core/settings/settings_pages_dress.h"
#include "core/workdays/workdays_store.h"
#include "feature/feedback/feedback_actions_hours.h"
#include "feature/feedback/feedback_actions_settings.h"
#include "feature/feedback/feedback_jobs.h"
#include "feature/feedback/feedback_jobs_move.h"
#include "feature/feedback/feedback_jobs_recount.h"
#include "platform/http/http_shelf.h"

namespace ln::app {
namespace {

constexpr std::chrono::seconds pause_between_turns{1};
constexpr std::int64_t figure_turns = 5;
constexpr std::int64_t slow_turns = 60;  // what is done once a minute
constexpr std::int64_t rest_turns = 15;
constexpr int index_turns = 10, move_turns = 50, band_turns = 5;
// So long after the start it does not learn by day, when it has no model yet: whoever waits for the
// first pages comes first.
constexpr std::int64_t learn_turns = 120;

constexpr std::int64_t watch_turns = 10;

}  // namespace

bool is_night(Instant at) {
  const auto since_midnight = at - at_local(local_day(at));
  return since_midnight >= std::chrono::hours(2) && since_midnight < std::chrono::hours(4);
}

void Jobs::attempt(std::string_view name, const std::function<void()>& body) {
  try {
    body();
    watch_.job_done(name);
  } catch (const std::exception& failure) {
    watch_.job_failed(name);
    log::write(log::Level::error, "job", {{"name", name}, {"failure", failure.what()}});
  }
}

Jobs::Jobs(City& city, http::Broadcast& broadcast, Watch& watch)
    : city_(city),
      broadcast_(broadcast),
      watch_(watch),
      nights_(city),
      grouper_(city),
      thread_([this] { loop(); }) {}

Jobs::~Jobs() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Jobs::loop() {
  for (std::int64_t number = 0;; ++number) {
    turn(number);
    watch_.turned();
    std::unique_lock lock(mutex_);
    if (wake_.wait_for(lock, pause_between_turns, [this] { return stopping_; })) return;
  }
}

void Jobs::turn(std::int64_t number) {
  db::Database& database = city_.database();
  if (number % watch_turns == 0 || watch_.has_trouble())
    attempt("watch", [&] { watch_.look(now()); });
  attempt("batch", [&] { feedback::join_batch(database, random_, now()); });
  attempt("tick", [&] { ledger::publish_tick(database, city_.ledger_tick(), now()); });
  attempt("calendar", [&] {
    if (workdays::refresh(database)) http::forget_kept_answers();
    feedback::recount_open(database, random_, now());
  });
  attempt("settings", [&] {
    settings::apply_due_site(database, now());
    settings::refresh_site(database);
    const auto applied =
        feedback::apply_due_settings(database, now()) + feedback::apply_due_hours(database, now()) +
        settings::apply_due_units(database, now()) + apply_criteria(database, now());
    if (applied > 0) http::forget_kept_answers();
  });
  attempt("index", [&] {
    // Behind by more than a turn: on, but the other jobs have their time too.
    for (int n = 0; n < index_turns && feedback::index_published(database) > 0;) ++n;
  });
  attempt("comments searched", [&] { index_comments(database); });
  attempt("follow", [&] { feedback::follow_leads(database, random_, now()); });
  attempt("bands", [&] {
    for (int n = 0; n < band_turns && feedback::band_received(database, now()) > 0;) ++n;
  });
  if (is_night(now()) || number > learn_turns)
    attempt("learn", [&] { learning_.turn(database, now(), is_night(now())); });
  attempt("erase", [&] { destroy_erased(database, now()); });
  attempt("reorganise", [&] {
    if (number % slow_turns != 0 && !feedback::is_reorganising(database, now())) return;
    feedback::say_reorganisations(database, now());
    // A whole city moves in a few minutes, and the other jobs have their time too.
    for (int n = 0; n < move_turns; ++n)
      if (feedback::follow_reorganisation(database, random_, now()) == 0) break;
    follow_receptions(database, now());
  });
  attempt("queues", [&] { tell_queues(database, broadcast_); });
  attempt("views", [&] { feedback::views().flush(database); });
  if (number % figure_turns == 0)
    attempt("figures", [&] { tell_figures(database, broadcast_, now()); });
  attempt("reports", [&] { reporting_.turn(database, now()); });
  if (number % rest_turns == 0)
    attempt("rest", [&] {
      database.rest();
      ::malloc_trim(0);  // What a busy time or the check at the start has freed goes back.
    });
  if (number % slow_turns == 0) each_minute();
}

}  // namespace ln::app
