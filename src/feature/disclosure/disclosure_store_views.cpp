#include "feature/disclosure/disclosure_store_views.h"

#include <utility>

#include "base/result.h"
#include "feature/disclosure/disclosure_store.h"

namespace ln::disclosure {

void Openings::count(DisclosureId id) {
  const std::lock_guard lock(mutex_);
  ++counts_[id];
}

std::int64_t Openings::flush(db::Database& database) {
  std::map<DisclosureId, std::int64_t> gathered;
  {
    const std::lock_guard lock(mutex_);
    gathered.swap(counts_);
  }
  if (gathered.empty()) return 0;
  static_cast<void>(database.write([&](db::Write& write) -> Result<Done> {
    for (const auto& [id, count] : gathered) add_views(write, id, count);
    return Done{};
  }));
  return std::ssize(gathered);
}

Openings& openings() {
  static Openings all;
  return all;
}

}  // namespace ln::disclosure
