// How an administrator changes what the city may set for itself: each change has a day from which
// it holds and a reason, stands in the public log, and can be taken back. Nothing is ever removed:
// taking a change back is one more change.
//
// This room keeps the changes. What a value means, and where it is put when its day comes, knows
// the room whose list it is; it hands in an `Apply`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.h"

namespace ln::settings {

// Bytes of one value, and characters of a reason.
inline constexpr std::size_t value_size_max = 32 * 1024;
inline constexpr std::size_t reason_chars_min = 5, reason_chars_max = 300;
// How many days ahead a change may be dated.
inline constexpr int wait_days_max = 366;
inline constexpr std::int64_t changes_per_page = 50;

struct Change {
  std::int64_t id = 0;
  Instant at{};
  std::int64_t account_id = 0;
  std::string list{}, code{};
  std::string before{}, after{};  // `before` is empty when there was none
  Day from{};                     // a day in Vietnam; it holds from its midnight
  std::string reason{};
  std::optional<std::int64_t> undoes{};
  std::optional<Instant> applied_at{}, withdrawn_at{};

  bool waits() const { return !applied_at && !withdrawn_at; }
};

}  // namespace ln::settings
