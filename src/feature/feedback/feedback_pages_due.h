// "Why this date": the steps of a due date as sentences, the same on every page and in the API; and
// the badges that cases wear wherever they are listed.
#pragma once

#include <string>
#include <vector>

#include "engine/calendar/calendar.h"
#include "feature/feedback/feedback.h"
#include "feature/feedback/feedback_pages_moved.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"
#include "platform/i18n/i18n.h"

namespace ln::feedback {

// One sentence a step: what day, and whether and why it counts. `measure` is that of the deadline
// which gave `due`. With them anybody can count the date by hand.
std::vector<std::string> why_sentences(const i18n::Voice& voice,
                                       const calendar::Due& due,
                                       calendar::Measure measure);
// The same as a list for pages.
html::Fragment why_list(const html::View& view,
                        const calendar::Due& due,
                        calendar::Measure measure);
// Behind a summary "Vì sao là ngày này?", with what came later.
html::Fragment why_details(const html::View& view,
                           const calendar::Due& due,
                           calendar::Measure measure,
                           const std::vector<std::string>& later = {});
// How much time an office has, in words: "7 ngày làm việc".
std::string limit_of(const i18n::Voice& voice, const calendar::Deadline& deadline);

// The state of a case, with its icon and its words.
html::Fragment state_badge(const html::View& view, const Feedback& feedback);
// "Quá hạn" or "Sắp đến hạn"; nothing when there is time, and when nothing is due any more.
html::Fragment due_badge(const html::View& view, const Feedback& feedback, Instant now);
// The name of a topic or the text of a question in the reader's language.
std::string_view name_of(const html::View& view, const Topic& topic);

}  // namespace ln::feedback
