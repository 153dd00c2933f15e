// What an administrator of the city changes of units without a reorganisation: dated, in the public
// log, taken back by one more change. The value of before stays in the history.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "core/people/people.h"
#include "core/settings/settings.h"
#include "core/settings/settings_units.h"
#include "platform/db/db.h"

namespace ln::settings {

// `seen` is the value that was on the page; empty for a new office. `from` is the day from which a
// correction holds; an office's first and last day are its own.
struct UnitChange {
  UnitSetting setting{};
  std::string seen{};
  Day from{};
  std::string reason{};
};

// Everything that is wrong with it: as check_words(); beside "kind" when a new one is no office or
// an old one would become another; "parent" when there is none on the first day; "opens" and "ends"
// when a day is past, before the first, or a reorganisation's business, or when a unit below would
// outlive it; "from", "reason".
Result<Done> check_unit_change(db::Read& read, const UnitChange& change, Instant now);

// Makes an office, or changes a unit. Gives the number of the change. Refuses forbidden, what
// check_unit_change and change() refuse, and conflict when the unit is not as it was `seen`.
Result<std::int64_t> change_unit(db::Write& write,
                                 const people::Administrator& administrator,
                                 const UnitChange& change,
                                 Instant now);

// Takes a change back; one that made an office ends it today, or on its first day. Refuses what
// undo() refuses, and conflict when the unit was changed since elsewhere.
Result<Done> undo_unit(db::Write& write,
                       const people::Administrator& administrator,
                       const Change& change,
                       Instant now);

// Applies the corrections whose day has come. Gives how many.
std::int64_t apply_due_units(db::Database& database, Instant now);

}  // namespace ln::settings
