// When an office is open, changed by an administrator of the city: dated, in the public log, taken
// back by one more change (core/settings, list "hours"). Cases that are there already keep the
// hours by which their dates were counted.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "core/people/people.h"
#include "core/settings/settings.h"
#include "feature/feedback/feedback_actions_settings.h"
#include "platform/db/db.h"

namespace ln::feedback {

inline constexpr std::string_view hours_list = "hours";

struct HoursChange {
  std::string unit{};                 // code
  std::string weekday{}, saturday{};  // "08:00-12:00 13:00-17:00"; Saturday may be empty
  Day from{};
  std::string reason{};
};

// Everything that is wrong with it, beside "unit", "weekday", "saturday", "from" and "reason".
Result<Done> check_hours(db::Read& read, const HoursChange& change, Instant now);
// The same among what one file brings.
Result<Done> check_hours_among(db::Read& read,
                               const HoursChange& change,
                               const Brought& brought,
                               Instant now);
// Gives the number of the change. Refuses what check_hours and settings::change refuse.
Result<std::int64_t> change_hours(db::Write& write,
                                  const people::Administrator& administrator,
                                  const HoursChange& change,
                                  Instant now);
// Takes a change of this list back; where there was none before, the usual hours are set. Refuses
// what settings::undo refuses.
Result<Done> undo_hours(db::Write& write,
                        const people::Administrator& administrator,
                        const settings::Change& change,
                        Instant now);
// Applies the changes whose day has come. Gives how many.
std::int64_t apply_due_hours(db::Database& database, Instant now);

}  // namespace ln::feedback
