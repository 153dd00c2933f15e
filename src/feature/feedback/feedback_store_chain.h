// The reports of one matter that came again: each points at the one before it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "feature/feedback/feedback.h"
#include "platform/db/db.h"

namespace ln::feedback {

inline constexpr std::size_t chain_max = 50;

// All that hang together with `feedback`, itself among them, oldest first, fifty at most. Empty
// when it stands alone, and for what is never put beside another case: protected ones and those
// about conduct. A protected case is never part of a chain.
std::vector<Feedback> chain_of(db::Read& read, const Feedback& feedback);

// The newest commitment that what was promised in a case is (decision 51); none of a case of which
// nothing is told.
std::optional<std::int64_t> commitment_of(db::Read& read, FeedbackId id);

}  // namespace ln::feedback
