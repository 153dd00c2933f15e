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

bool Askers::may_ask(std::uint64_t sender, DisclosureId id, Instant now) {
  constexpr std::size_t kept_max = 100'000;
  const std::lock_guard lock(mutex_);
  // Forgetting all lets somebody ask five more; growing without a bound would stop everybody.
  if (local_day(now) != day_ || asked_.size() >= kept_max) asked_.clear();
  day_ = local_day(now);
  int& count = asked_[{sender, id}];
  if (count >= questions_of_sender_max) return false;
  ++count;
  return true;
}

Askers& askers() {
  static Askers all;
  return all;
}

}  // namespace ln::disclosure
