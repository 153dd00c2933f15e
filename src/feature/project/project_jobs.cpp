#include "feature/project/project_jobs.h"

#include "core/ledger/ledger_actions.h"
#include "feature/project/project_store.h"

namespace ln::project {

std::int64_t destroy_erased(db::Write& write,
                            const db::Erasure& permission,
                            std::int64_t limit,
                            Instant now) {
  const auto owed = owed_destruction(write, limit);
  for (const HouseholdId id : owed) {
    ledger::erase(write, permission, {"project_household", id.value});
    note_destroyed(write, id, now);
  }
  return std::ssize(owed);
}

}  // namespace ln::project
