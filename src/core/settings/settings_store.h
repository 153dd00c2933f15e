// Rows of the changes.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/settings/settings.h"
#include "platform/db/db.h"

namespace ln::settings {

// Gives the number of the change.
std::int64_t insert(db::Write& write, const Change& change);
std::optional<Change> find(db::Read& read, std::int64_t id);
// The change by which an entry is what it is; null when nobody changed it.
std::optional<Change> last_applied(db::Read& read, std::string_view list, std::string_view code);
std::optional<Change> waiting(db::Read& read, std::string_view list, std::string_view code);
// Those of a list whose day has come, oldest first.
std::vector<Change> due(db::Read& read, std::string_view list, Day today);
// The newest first; those before the change `before`, 0 for all.
std::vector<Change> history(db::Read& read, std::int64_t before, std::int64_t limit);
// Of one list, the newest first.
std::vector<Change> history_of(db::Read& read, std::string_view list, std::int64_t limit);

// `before` is the value at the moment it was applied.
void mark_applied(db::Write& write, std::int64_t id, std::string_view before, Instant at);
void mark_withdrawn(db::Write& write, std::int64_t id, Instant at);

}  // namespace ln::settings
