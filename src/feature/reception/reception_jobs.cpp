#include "feature/reception/reception_jobs.h"

#include "core/ledger/ledger_actions.h"
#include "feature/reception/reception_actions.h"

namespace ln::reception {

std::int64_t forget_words(db::Database& database, Random& random, Instant now) {
  return forget_due(database, random, now);
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
