// What happened in a case, as the office reads it: newest first, internal notes among the rest.
#pragma once

#include "feature/feedback/feedback_pages_staff_parts.h"

namespace ln::feedback::staff {

html::Fragment timeline(const html::View& view,
                        db::Read& read,
                        const Feedback& feedback,
                        Names& names);

}  // namespace ln::feedback::staff
