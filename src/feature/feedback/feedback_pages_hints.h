// The advice an officer reads before a letter goes out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "feature/feedback/feedback.h"
#include "feature/feedback/feedback_template.h"
#include "platform/db/db.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::feedback::staff {

// Letters the unit of `feedback` sent last on other cases, each with and without its last
// paragraph, which may be its evidence. None of cases about conduct or protected ones.
std::vector<std::string> last_letters(db::Read& read, const Feedback& feedback);

// As a note; nothing when there is nothing to say.
html::Fragment hints_note(const html::View& view,
                          const Feedback& feedback,
                          const std::vector<Template>& templates,
                          const std::vector<std::string>& earlier,
                          std::string_view text);

}  // namespace ln::feedback::staff
