// What the machine suggests beside a case, and what it is put with. For the wings of the pages for
// staff only.
#pragma once

#include "core/people/people.h"
#include "feature/feedback/feedback.h"
#include "platform/db/db.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::feedback::staff {

// Suggested topics with their probability and the words that weighed most, the unit that the topic
// belongs to, and open cases that say the same; each is done with one press, by a person. Nothing
// for whoever does not triage the case, and of a protected or conduct case no case beside it.
html::Fragment triage_card(const html::View& view,
                           db::Read& read,
                           const people::Officer& officer,
                           const Feedback& feedback,
                           Instant now);

}  // namespace ln::feedback::staff
