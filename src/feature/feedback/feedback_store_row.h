// How a row of the table feedback becomes a Feedback; for the wings of the store.
#pragma once

#include "base/text.h"
#include "feature/feedback/feedback.h"
#include "platform/db/db.h"

namespace ln::feedback {

// Above every id: a list that begins at the newest asks for what lies before it.
inline constexpr std::int64_t end_of_time = 9'000'000'000'000'000;

// Of "SELECT * FROM feedback" or "SELECT feedback.* …": the columns in the order of the schema.
Feedback feedback_from_row(const db::Row& row);

}  // namespace ln::feedback
