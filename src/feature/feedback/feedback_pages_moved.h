// How a due date has moved, as sentences: for the pages of a case, the sender's and the office's.
// They stand in feedback_pages_due.cpp, beside the sentences of the first date.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "feature/feedback/feedback_store.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::feedback {

// One sentence for each event that has moved the date since `since`: a pause, a new holiday with
// both dates, an extension, a new start.
std::vector<std::string> moves_since(const html::View& view,
                                     const std::vector<Event>& events,
                                     Instant since);
// What an event says that a new calendar made: both dates, and the days.
html::Fragment moved_body(const html::View& view, std::string_view text);

}  // namespace ln::feedback
