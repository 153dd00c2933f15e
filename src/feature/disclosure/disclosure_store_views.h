// How often the pages of disclosures are opened: gathered in memory, written by a job. No cookie,
// no address, nothing about who; the same reader twice is two.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>

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

}  // namespace ln::disclosure
