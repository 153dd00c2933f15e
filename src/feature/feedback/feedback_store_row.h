// How a row of the table feedback becomes a Feedback; for the wings of the store.
#pragma once

#include "base/text.h"
#include "feature/feedback/feedback.h"
#include "platform/db/db.h"

namespace ln::feedback {

// Of "SELECT * FROM feedback" or "SELECT feedback.* …": the columns in the order of the schema.
Feedback feedback_from_row(const db::Row& row);

}  // namespace ln::feedback
