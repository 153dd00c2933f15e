// What becomes of ratings when their case is erased.
#pragma once

#include "feature/feedback/feedback.h"
#include "platform/db/db.h"

namespace ln::satisfaction {

// Takes away what was written beside a rating and what was said of trust; the score and its
// reasons, which are words of a list, go on counting. Figures that were told stay as they were. For
// the job that finishes erasures.
void forget_words(db::Write& write, feedback::FeedbackId id);

}  // namespace ln::satisfaction
