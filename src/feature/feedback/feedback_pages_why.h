// "Why this date", of a case as it stands: the steps of its first date, what moved it later, and by
// whose hours it was counted. The same words for whoever sent it, for everybody, and for the
// officer who has to keep the date.
#pragma once

#include <optional>
#include <vector>

#include "feature/feedback/feedback_store.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::feedback {

// Folded. `topic` is that of the case; `stated_at` when another system says that it came in there;
// `events` are what of its timeline the reader may know. The steps are left out where today's
// rules no longer give the date that was given then: a topic whose limit was changed since.
html::Fragment why_of_case(const html::View& view,
                           const Feedback& feedback,
                           const Topic& topic,
                           std::optional<Instant> stated_at,
                           const std::vector<Event>& events);

}  // namespace ln::feedback
