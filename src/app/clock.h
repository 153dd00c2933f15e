// The one place that reads the clock.
#pragma once

#include <string>

#include "base/time.h"

namespace ln::app {

// The machine's time; or, after follow_clock(), what its file says.
Instant now();

// For a sample city alone, so that weeks can pass while somebody looks on: time is the instant that
// `file` holds (ISO 8601 in UTC, "2026-11-29T08:00:00Z"), and runs on from there until the file
// says a later one; an earlier one is not followed. A warning in the log tells of it at each start.
// Throws Misuse when `folder` is no sample's data folder, or the file holds no
// instant: in a real city nobody chooses what time it is.
void follow_clock(const std::string& folder, const std::string& file);
// The machine's time again, for tests.
void leave_clock();

}  // namespace ln::app
