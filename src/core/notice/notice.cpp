#include "core/notice/notice.h"

#include <algorithm>

#include "base/check.h"

namespace ln::notice {

std::optional<std::chrono::milliseconds> wait_after(std::int64_t attempts) {
  CHECK(attempts >= 1);
  constexpr std::int64_t attempts_max = 16;
  if (attempts >= attempts_max) return std::nullopt;
  constexpr std::chrono::minutes longest = std::chrono::hours(6);
  return std::min(longest, std::chrono::minutes(std::int64_t{1} << (attempts - 1)));
}

}  // namespace ln::notice
