#include "feature/feedback/feedback_jobs_protect.h"

#include <algorithm>
#include <string>

#include "base/result.h"
#include "feature/feedback/feedback_actions_tell.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_pressure.h"

namespace ln::feedback {
namespace {

constexpr std::int64_t contacts_at_once = 500;
// Who was sent so long before asking began is not asked any more.
constexpr std::chrono::days asked_late_max{14};

std::string progress_name(std::chrono::days round) {
  return "pressure_" + std::to_string(round.count());
}

// Where this round has come to: all received up to there were asked.
Instant asked_up_to(db::Read& read, std::chrono::days round, Instant now) {
  const Instant kept{std::chrono::milliseconds(progress_of(read, progress_name(round)))};
  return std::max(kept, now - round - asked_late_max);
}

}  // namespace

std::int64_t ask_whether_pressed(db::Database& database, Instant now) {
  std::int64_t count = 0;
  for (const std::chrono::days round : pressure_rounds) {
    const auto done = database.write([&](db::Write& write) -> Result<std::int64_t> {
      const Instant after = asked_up_to(write, round, now);
      const Instant until = std::min(now - round, after + std::chrono::days(1));
      if (until <= after) return std::int64_t{0};
      const auto asked = ask_about_pressure(write, round, after, until, now);
      for (const FeedbackId id : asked)
        if (const auto feedback = find(write, id)) tell_of_question(write, *feedback, now);
      save_progress(write, progress_name(round), until.time_since_epoch().count());
      return std::ssize(asked);
    });
    if (done.ok()) count += done.value();
  }
  return count;
}

std::int64_t destroy_contacts(db::Database& database, Instant now) {
  const auto due = database.read([&](db::Read& read) {
    return contacts_not_needed(read, now - contact_lasts, contacts_at_once);
  });
  if (due.empty()) return 0;
  const auto done = database.write([&](db::Write& write) -> Result<Done> {
    for (const FeedbackId id : due) remove_contact(write, id);
    return Done{};
  });
  return done.ok() ? std::ssize(due) : 0;
}

}  // namespace ln::feedback
