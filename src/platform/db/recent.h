// Look-ups of what hardly ever changes, remembered for a moment.
//
// Every case that is sent asks for the same few units and topics. Over a network each of these
// look-ups is a wait of its own, and together they cost more than writing the case.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>

#include "platform/db/db.h"

namespace ln::db {

// How old what recent() gives may be. What this process changes is seen at once when the change
// calls forget_recent(); a change by another process (a command, another node) within this time.
inline constexpr std::chrono::milliseconds recent_lasts{1'000};

// The memory of one Database. Thread-safe.
class Recents {
 public:
  using Value = std::shared_ptr<const void>;

  Value find(std::string_view name) const;
  void keep(std::string_view name, Value value);
  void forget();

 private:
  struct Kept {
    std::chrono::steady_clock::time_point since;
    Value value;
  };
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Kept> kept_;  // Guarded by mutex_.
};

// The memory behind `read`; null inside a job of the writer, which must see what it has written.
Recents* recents_of(Read& read);
// From inside the job that changes what is remembered: nothing older is given out after it. A read
// that goes on meanwhile may remember the old for recent_lasts at most.
void forget_recent(Write& write);

// What `load()` gives, now or at most recent_lasts ago. `name` says what it is and of which key,
// for instance "unit/00070"; one name always means one type.
template <class Load>
auto recent(Read& read, std::string_view name, Load load) -> std::invoke_result_t<Load> {
  using T = std::invoke_result_t<Load>;
  Recents* recents = recents_of(read);
  if (recents == nullptr) return load();
  if (const Recents::Value kept = recents->find(name)) return *static_cast<const T*>(kept.get());
  auto loaded = std::make_shared<const T>(load());
  recents->keep(name, loaded);
  return *loaded;
}

}  // namespace ln::db
