// Rows of satisfaction_rating, and what a rating reads of its case (the table feedback is another
// room's: read only).
#pragma once

#include <optional>

#include "feature/satisfaction/satisfaction.h"
#include "platform/db/db.h"

namespace ln::satisfaction {

std::optional<Case> find_case(db::Read& read, const feedback::Code& code);
std::optional<Rating> find(db::Read& read, feedback::FeedbackId id);

// Writes the rating of its case, the first or a changed one; `first_at` of the first one stays.
void save(db::Write& write, const Rating& rating);

}  // namespace ln::satisfaction
