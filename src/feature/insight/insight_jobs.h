// The figures of the pages, kept for every reader: those that are published, anew with each week
// that is told; and what the city counts at this moment, when the ledger has grown.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>

#include "feature/insight/insight.h"
#include "platform/db/db.h"
#include "platform/http/server.h"

namespace ln::insight {

inline constexpr std::chrono::days figures_period{30};
// So far back it is counted how often cases went up.
inline constexpr std::chrono::days gone_up_period{90};
// How often cases of each unit went up because their date had passed, by its number.
using GoneUp = std::map<std::int64_t, std::int64_t>;

// The last counts. Thread-safe; what it gives out does not change any more.
class Snapshot {
 public:
  struct Kept {
    std::shared_ptr<const Figures> moment;  // null: not counted yet, as are the others
    std::shared_ptr<const Settled> settled;
    std::shared_ptr<const LongFigures> long_ones;
    std::shared_ptr<const GoneUp> gone_up;
  };
  Kept get() const;
  void set(std::shared_ptr<const Figures> moment);
  void set(std::shared_ptr<const Settled> settled);
  void set(std::shared_ptr<const LongFigures> long_ones, std::shared_ptr<const GoneUp> gone_up);

 private:
  mutable std::mutex mutex_;
  Kept kept_;  // guarded by mutex_
};
Snapshot& snapshot();

// The snapshot, or a count of its own when there is none yet. The published figures:
std::shared_ptr<const Settled> current_figures(db::Read& read, Instant now);
// What the city as a whole has received within figures_period and what is overdue, by now.
std::shared_ptr<const Figures> current_moment(db::Read& read, Instant now);
std::shared_ptr<const LongFigures> current_long_figures(db::Read& read, Instant now);
// How often cases of this very unit went up within gone_up_period before this Monday. From
// the snapshot too: counted for each reader of an office's page it was a quarter of what that page
// costs.
std::int64_t current_gone_up(db::Read& read, units::UnitId unit, Instant now);

// Counts anew when the ledger has grown since the last time, or a minute has gone by (cases become
// overdue by themselves), and tells the home pages that are open. Both rest at least twenty times
// as long as the last count took, so that counting never takes more than a twentieth of one core.
void refresh_figures(db::Database& database, http::Broadcast& broadcast, Instant now);

// Counts anew when a week was told since the last time.
void refresh_settled(db::Database& database, Instant now);

// Counts anew every ten minutes and with each new day, and how often cases went up with them.
void refresh_long_figures(db::Database& database, Instant now);

}  // namespace ln::insight
