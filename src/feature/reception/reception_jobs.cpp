#include "feature/reception/reception_jobs.h"

#include <vector>

#include "base/log.h"
#include "core/ledger/ledger_actions.h"
#include "feature/reception/reception_actions.h"
#include "feature/reception/reception_actions_follow.h"
#include "platform/http/http_shelf.h"

namespace ln::reception {

std::int64_t forget_words(db::Database& database, Random& random, Instant now) {
  return forget_due(database, random, now);
}

std::int64_t follow_units(db::Database& database, Instant now) {
  const auto days = database.read([&](db::Read& read) {
    std::vector<ReceptionId> all;
    for (const units::Unit& ended : ended_keepers(read, local_day(now))) {
      const auto left = left_behind(read, ended);
      // The writer is not asked for days that nobody takes over.
      if (left.empty() || units::heirs_on(read, ended, local_day(now)).candidates.empty()) continue;
      all.insert(all.end(), left.begin(), left.end());
    }
    return all;
  });
  std::int64_t count = 0;
  // A transaction for each: bookings and reports go on between them, and one that fails keeps no
  // other waiting.
  for (const ReceptionId id : days) {
    try {
      const auto done = database.write([&](db::Write& write) { return follow(write, id, now); });
      count += done.ok() ? 1 : 0;
      if (!done.ok() && done.error().kind == ErrorKind::unavailable) break;
      // Another node handed it over meanwhile, or somebody changed it.
      if (!done.ok() && done.error().kind != ErrorKind::conflict)
        log::write(log::Level::warning, "reception_not_followed", {{"reception", id.value}});
    } catch (const db::Failure&) {
      log::write(log::Level::error, "reception_not_followed", {{"reception", id.value}});
    }
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
