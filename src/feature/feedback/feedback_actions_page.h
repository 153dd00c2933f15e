// Saying something about a page of ours: the case keeps where it was begun.
#pragma once

#include <string_view>

#include "feature/feedback/feedback_actions.h"

namespace ln::feedback {

// In the transaction that submits the case. Keeps nothing of a protected case, whose sender is not
// to be found by what they were reading, nothing that may_be_about refuses, and no
// page that does not exist: an address is kept without review.
void note_page(db::Write& write, const Feedback& feedback, std::string_view path);

}  // namespace ln::feedback
