// Which words find a case in the public register.
#pragma once

#include "platform/db/db.h"

namespace ln::feedback {

// Public titles and bodies of published cases, by feedback id; filled by feedback_jobs.
inline constexpr db::TextIndex search_index("feedback_search");

}  // namespace ln::feedback
