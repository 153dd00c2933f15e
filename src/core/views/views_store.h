// What was looked at, gathered in memory and written down by a job: pages that read never write.
#pragma once

#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "base/time.h"
#include "core/views/views.h"
#include "platform/db/db.h"

namespace ln::views {

// Thread-safe. A crash loses what was gathered since the last minute.
class Looks {
 public:
  void count(Kind kind, std::int64_t number);
  // Writes what was gathered as of this day, and lets go of days that are no longer kept. Gives how
  // many things were looked at. When that fails (db::Failure goes on), what was gathered is kept
  // for the next time.
  std::int64_t flush(db::Database& database, Instant now);

 private:
  void put_back(const std::map<std::pair<Kind, std::int64_t>, std::int64_t>& gathered);
  std::mutex mutex_;
  std::map<std::pair<Kind, std::int64_t>, std::int64_t> counts_;  // guarded by mutex_
};
// Those of this process.
Looks& looks();

struct Viewed {
  std::int64_t number = 0;
  std::int64_t views = 0;
  friend bool operator==(const Viewed&, const Viewed&) = default;
};
// What was looked at most, from the floor on, the most first.
std::vector<Viewed> most_viewed(db::Read& read, Kind kind, std::int64_t limit);
// The same of the last days_kept days, today included.
std::vector<Viewed> most_viewed_lately(db::Read& read, Kind kind, Day today, std::int64_t limit);

}  // namespace ln::views
