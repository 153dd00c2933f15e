// "Others have reported this": what stands on the page to check the answers, before sending.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "feature/feedback/feedback_store_similar.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::feedback {

// The published cases like the one to be sent, each with its state and the way to it, and the
// choice to put one's own with it; nothing is chosen beforehand. Empty when there is none.
html::Fragment similar_choice(const html::View& view, const std::vector<Similar>& similar);

// The case chosen in such a form: it must be published and may be grouped. Null for none.
std::optional<FeedbackId> chosen_similar(db::Read& read, std::string_view typed);

}  // namespace ln::feedback
