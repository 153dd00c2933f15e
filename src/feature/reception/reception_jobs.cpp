#include "feature/reception/reception_jobs.h"

#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_stop.h"
#include "feature/reception/reception_actions.h"
#include "feature/reception/reception_actions_follow.h"
#include "platform/http/http_shelf.h"

namespace ln::reception {

std::int64_t forget_words(db::Database& database, Random& random, Instant now) {
  return forget_due(database, random, now);
}

std::int64_t follow_units(db::Database& database, Instant now) {
  constexpr std::int64_t days_in_one = 100;
  std::int64_t count = 0;
  for (ReceptionId after{}; true;) {
    const auto days = database.read(
        [&](db::Read& read) { return left_behind(read, local_day(now), after, days_in_one); });
    if (days.empty()) break;
    const auto done = database.write([&](db::Write& write) -> Result<std::int64_t> {
      TRY([[maybe_unused]] const Done allowed, ledger::may_write());
      std::int64_t went = 0;
      // One that another node handed over meanwhile, or that nobody takes, is left as it is.
      for (const Reception& each : days) went += follow(write, each.id, now).ok() ? 1 : 0;
      return went;
    });
    if (!done.ok()) break;
    count += done.value();
    after = days.back().id;
  }
  if (count > 0) http::forget_kept_answers();
  return count;
}

std::int64_t destroy_erased(db::Write& write,
                            const db::Erasure& permission,
                            std::int64_t limit,
                            Instant now) {
  const auto owed = owed_destruction(write, limit);
  for (const TurnId id : owed) {
    ledger::erase(write, permission, {"reception_turn", id.value});
    note_destroyed(write, id, now);
  }
  return std::ssize(owed);
}

}  // namespace ln::reception
