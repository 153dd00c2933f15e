// Asking for a report.
#pragma once

#include "core/people/people.h"
#include "feature/insight/insight_report.h"
#include "platform/db/db.h"

namespace ln::insight {

// Heads of units (the leader of the city is the head of the city) and administrators, each for
// their unit and what stands below it.
using Reporter = people::As<people::Role::head, people::Role::administrator>;

inline constexpr std::int64_t reports_waiting_max = 20;

// Puts it into the queue; the job makes it. Refuses `forbidden` for a unit that is not theirs,
// `invalid` for a period that is not over, `too_many` while twenty wait.
Result<ReportId> ask_for_report(db::Write& write,
                                const Reporter& reporter,
                                const Report& wish,
                                Instant now);

}  // namespace ln::insight
