#include "platform/db/recent.h"

#include "platform/db/db_engine.h"

namespace ln::db {
namespace {

// Names come from outside (the code of a unit that does not exist): the memory has a bound.
constexpr std::size_t kept_max = 4'096;
constexpr std::size_t name_max = 120;

}  // namespace

Recents::Value Recents::find(std::string_view name) const {
  const auto now = std::chrono::steady_clock::now();
  const std::scoped_lock lock(mutex_);
  const auto found = kept_.find(std::string(name));
  return found == kept_.end() || now - found->second.since > recent_lasts ? nullptr
                                                                          : found->second.value;
}

void Recents::keep(std::string_view name, Value value) {
  if (name.size() > name_max) return;
  const auto now = std::chrono::steady_clock::now();
  const std::scoped_lock lock(mutex_);
  if (kept_.size() >= kept_max) kept_.clear();
  kept_.insert_or_assign(std::string(name), Kept{now, std::move(value)});
}

void Recents::forget() {
  const std::scoped_lock lock(mutex_);
  kept_.clear();
}

Recents* recents_of(Read& read) {
  EngineConnection& connection = Key::connection(read);
  return connection.remembers ? connection.recents.get() : nullptr;
}

void forget_recent(Write& write) {
  if (const auto& recents = Key::connection(write).recents) recents->forget();
}

}  // namespace ln::db
