// Bringing a file of settings in: everything that would change is shown first, and then all of it
// is changed or nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/people/people.h"
#include "feature/feedback/feedback_settings_file.h"
#include "platform/db/db.h"

namespace ln::feedback {

// Units in force on `today`, topics, the site's words and colours, the days of the calendar that
// the city changed, office hours, rules of routing, other systems and the texts of offices. No
// account and no picture: what opens a door or is drawn by the sandbox is not brought in by a file.
std::string settings_file(db::Read& read, Day today);

// What the lines would do to the settings as they are. A topic may stand below one of the same
// file. Entries that the file does not name stay as they are.
ImportPlan plan_import(db::Read& read, const std::vector<SettingLine>& lines, Instant now);

// The SHA-256 of what a plan changes, in hexadecimal: whether it is still the one that was shown.
std::string digest_of(const ImportPlan& plan);

// Makes all changes of the file, each one an entry of the history with `reason`, from today on.
// Gives how many. Refuses forbidden; invalid beside "reason", and when there is a trouble or
// nothing to change; conflict when it is not the plan of `digest`, or an entry waits for its day.
Result<std::int64_t> import_settings(db::Write& write,
                                     const people::Administrator& administrator,
                                     const std::vector<SettingLine>& lines,
                                     const std::string& digest,
                                     const std::string& reason,
                                     Instant now);

}  // namespace ln::feedback
