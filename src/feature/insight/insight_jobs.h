// The figures of the last thirty days, counted when the ledger has grown and kept for every page.
#pragma once

#include <memory>
#include <mutex>

#include "feature/insight/insight.h"
#include "platform/db/db.h"
#include "platform/http/server.h"

namespace ln::insight {

inline constexpr std::chrono::days figures_period{30};

// The last count. Thread-safe; what it gives out does not change any more.
class Snapshot {
 public:
  std::shared_ptr<const Figures> get() const;
  void set(std::shared_ptr<const Figures> figures);

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Figures> figures_;  // guarded by mutex_
};
Snapshot& snapshot();

// The snapshot, or a count of its own when there is none yet.
std::shared_ptr<const Figures> current_figures(db::Read& read, Instant now);

// Counts anew when the ledger has grown since the last time, or a minute has gone by (cases become
// overdue by themselves), and tells the home pages that are open.
void refresh_figures(db::Database& database, http::Broadcast& broadcast, Instant now);

}  // namespace ln::insight
