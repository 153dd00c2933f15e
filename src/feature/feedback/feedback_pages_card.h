// A case as one entry of a public list: title, state, unit, date. Only what is published.
#pragma once

#include "feature/feedback/feedback.h"
#include "platform/db/db.h"
#include "platform/html/parts.h"
#include "platform/html/view.h"

namespace ln::feedback {

// Precondition: the case is published.
html::Fragment case_card(const html::View& view, db::Read& read, const Feedback& feedback);
// What stands in the place of a title: of what was sent, or of what was released; of an erased case
// that it was erased.
std::string_view sent_title(const html::View& view, const Feedback& feedback);
std::string_view public_title(const html::View& view, const Feedback& feedback);
// The state as a badge, with an icon beside the words.
html::Fragment state_badge(const html::View& view, State state);
// "Thứ 7 lần": only when the matter has come before.
html::Fragment recurrence_badge(const html::View& view, const Feedback& feedback);

}  // namespace ln::feedback
