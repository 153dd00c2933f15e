// Reading for desks and mirrors.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/people/people.h"
#include "feature/insight/insight_desk.h"
#include "platform/db/db.h"

namespace ln::insight {

// Of the unit at `path` and everything below it.
Desk read_desk(db::Read& read, std::string_view path, Instant now);
// Of the cases in this officer's own hands, and of those they answered first.
Mirror read_mirror(db::Read& read, people::AccountId officer, Instant now);
// The officer's last letters, the newest first.
std::vector<std::string> own_letters(db::Read& read, people::AccountId officer, Instant since);

}  // namespace ln::insight
