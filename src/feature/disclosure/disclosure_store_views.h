// What is counted in memory. How often the pages of disclosures are opened, which a job writes: no
// cookie, no address, nothing about who; the same reader twice is two. And how often somebody asks.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <utility>

#include "feature/disclosure/disclosure.h"
#include "platform/db/db.h"

namespace ln::disclosure {

class Openings {
 public:
  void count(DisclosureId id);
  // Writes what was gathered; gives how many items it was.
  std::int64_t flush(db::Database& database);

 private:
  std::mutex mutex_;
  std::map<DisclosureId, std::int64_t> counts_;  // guarded by mutex_
};
// Those of this process.
Openings& openings();

// How many questions about one item each sender asked today: in memory, under the hash of
// http::Request::sender, which is drawn anew every day. Each node counts for itself.
class Askers {
 public:
  // Counts one more; false, and not counted, beyond questions_of_sender_max.
  bool may_ask(std::uint64_t sender, DisclosureId id, Instant now);

 private:
  std::mutex mutex_;
  Day day_{};                                                    // guarded by mutex_
  std::map<std::pair<std::uint64_t, DisclosureId>, int> asked_;  // guarded by mutex_
};
// Those of this process.
Askers& askers();

}  // namespace ln::disclosure
