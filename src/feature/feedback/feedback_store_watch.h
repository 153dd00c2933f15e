// Lists for those who watch over the work: sealed identities for the ombudsman, and what was
// refused, late or not accepted for the supervisor.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "feature/feedback/feedback.h"
#include "platform/db/db.h"

namespace ln::feedback {

// Cases whose sender left a sealed contact, newest first, ids below `before` (0: from the newest).
std::vector<Feedback> sealed_cases(db::Read& read, std::int64_t before, std::int64_t limit);

// Why a case is offered for supervision.
enum class Concern : std::uint8_t { declined, late, escalated, reopened, contested };
inline constexpr std::array all_concerns = {Concern::declined, Concern::late, Concern::escalated,
                                            Concern::reopened, Concern::contested};
std::string_view to_text(Concern);

struct WatchFilter {
  Concern concern = Concern::declined;
  std::string_view unit_path = {};  // only this subtree; empty: the whole city
  Instant now{};
  std::int64_t before = 0;  // cursor, as above
  std::int64_t limit = 25;
};
// Newest first. Protected cases are never among them.
std::vector<Feedback> watched(db::Read& read, const WatchFilter& filter);

}  // namespace ln::feedback
