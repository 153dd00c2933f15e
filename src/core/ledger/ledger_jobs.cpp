#include "core/ledger/ledger_jobs.h"

#include "base/check.h"
#include "base/result.h"
#include "core/ledger/ledger_store_tree.h"

namespace ln::ledger {

void publish_now(db::Database& database, Instant at) {
  const auto done = database.write([&](db::Write& write) -> Result<Done> {
    publish(write, at);
    return Done{};
  });
  CHECK(done.ok());
}

void publish_tick(db::Database& database, std::chrono::minutes every, Instant now) {
  const auto full = now.time_since_epoch() / every;
  const Instant tick(full * std::chrono::milliseconds(every));
  const auto last = database.read([](db::Read& read) { return published_head(read); });
  if (last && last->at >= tick) return;
  publish_now(database, tick);
}

}  // namespace ln::ledger
