#include "app/erasure.h"

#include "base/log.h"
#include "core/notice/notice_store.h"
#include "feature/commitment/commitment_actions_case.h"
#include "feature/feedback/feedback_jobs_erase.h"
#include "feature/feedback/feedback_jobs_held.h"
#include "feature/feedback/feedback_store_erase.h"
#include "feature/feedback/feedback_store_held.h"
#include "feature/project/project_jobs.h"
#include "feature/project/project_store.h"
#include "feature/reception/reception_jobs.h"
#include "feature/reception/reception_store_turn.h"
#include "feature/satisfaction/satisfaction_jobs.h"
#include "feature/supervision/supervision_store.h"

namespace ln::app {
namespace {

constexpr std::int64_t cases_at_once = 200;

}  // namespace

std::int64_t destroy_erased(db::Database& database, Instant now) {
  const auto owed =
      database.read([](db::Read& read) { return feedback::owed_destruction(read, cases_at_once); });
  const bool owes_held = database.read(
      [](db::Read& read) { return !feedback::held_owed_destruction(read, 1).empty(); });
  const bool owes_files =
      database.read([](db::Read& read) { return !project::owed_destruction(read, 1).empty(); });
  const bool owes_turns =
      database.read([](db::Read& read) { return !reception::owed_destruction(read, 1).empty(); });
  if (owed.empty() && !owes_held && !owes_files && !owes_turns) return 0;
  std::int64_t held = 0;
  const auto done =
      database.erase([&](db::Write& write, const db::Erasure& permission) -> Result<Done> {
        for (const feedback::FeedbackId id : owed) {
          commitment::forget_words(write, permission, id.value);
          satisfaction::forget_words(write, id);
          supervision::forget_words(write, id);
          feedback::destroy(write, permission, id, now);
        }
        held = feedback::destroy_held(write, permission, now);
        held += project::destroy_erased(write, permission, cases_at_once, now);
        held += reception::destroy_erased(write, permission, cases_at_once, now);
        return Done{};
      });
  return done.ok() ? static_cast<std::int64_t>(owed.size()) + held : 0;
}

std::int64_t scrub_erased(db::Database& database) {
  bool owes_search = false;
  std::vector<feedback::HeldId> held;
  std::vector<project::HouseholdId> files;
  std::vector<reception::TurnId> turns;
  const auto owed = database.read([&](db::Read& read) {
    owes_search = feedback::owes_search(read);
    held = feedback::held_owed_scrub(read);
    files = project::owed_scrub(read);
    turns = reception::owed_scrub(read);
    // The last letter of a case that left every list has its address until it is gone.
    auto all = feedback::owed_scrub(read);
    std::erase_if(all, [&](feedback::FeedbackId id) {
      return notice::waits_for_citizen(read, {"feedback", id.value});
    });
    return all;
  });
  if (owed.empty() && held.empty() && files.empty() && turns.empty()) return 0;
  const auto change = [&](auto body) {
    const auto done = database.write([&](db::Write& write) -> Result<Done> {
      body(write);
      return Done{};
    });
    return done.ok();
  };
  // The writer does nothing else meanwhile: half a second for 50,000 published cases.
  if (owes_search && !change(feedback::rewrite_search)) return 0;
  database.scrub();
  // Only those that were destroyed before: of a later one there may still be traces.
  const auto note = [&](db::Write& w) {
    for (const feedback::FeedbackId id : owed) feedback::note_scrubbed(w, id);
    for (const feedback::HeldId id : held) feedback::note_held_scrubbed(w, id);
    for (const project::HouseholdId id : files) project::note_scrubbed(w, id);
    for (const reception::TurnId id : turns) reception::note_scrubbed(w, id);
  };
  if (!change(note)) return 0;
  const auto count =
      static_cast<std::int64_t>(owed.size() + held.size() + files.size() + turns.size());
  log::write(log::Level::info, "erasures_finished", {{"count", count}});
  return count;
}

void finish_erasures(db::Database& database, Instant now) {
  while (destroy_erased(database, now) > 0) {
  }
  scrub_erased(database);
}

}  // namespace ln::app
