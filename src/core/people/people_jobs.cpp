#include "core/people/people_jobs.h"

#include "base/check.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "core/people/people_store.h"

namespace ln::people {

void keep_sessions(db::Database& database, Instant now) {
  const auto seen = presence().all();
  const auto kept = database.write([&](db::Write& write) -> Result<Done> {
    for (const auto& [token_hash, at] : seen) set_seen(write, token_hash, at);
    remove_ended_sessions(write, now);
    remove_attempts_before(write, now - attempts_kept);
    return Done{};
  });
  CHECK(kept.ok());
  // Only what is durable may leave the memory.
  presence().forget(seen);
}

}  // namespace ln::people
