// Rows of the working calendar's changes.
#pragma once

#include <vector>

#include "core/workdays/workdays.h"
#include "platform/db/db.h"

namespace ln::workdays {

// The number of the last change; 0 when there is none.
std::int64_t revision_of(db::Read& read);
// The calendar with every change that stands in the database.
Shared load(db::Read& read);
// Gives the number of the change.
std::int64_t insert(db::Write& write, const Edit& edit, std::int64_t account_id, Instant at);

// Holds the calendar of this database when it is another than the one held: one small read. True
// when it was. For a database that has just been opened `is_other_city`.
bool refresh(db::Database& database, bool is_other_city = false);

}  // namespace ln::workdays
