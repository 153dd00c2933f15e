// Letters an office has sent, to find those that are sent again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "feature/feedback/feedback.h"
#include "platform/db/db.h"

namespace ln::feedback {

inline constexpr std::int64_t last_answers_max = 100;

// Texts of answers, with their evidence, of the last hundred cases that are over at the unit with
// this very path; without the case `but`, protected ones and those about conduct.
std::vector<std::string> last_answers(db::Read& read, std::string_view unit_path, FeedbackId but);

}  // namespace ln::feedback
