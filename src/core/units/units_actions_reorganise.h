// A reorganisation: looked at before it is applied, and written down.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "core/units/units_reorganise.h"
#include "core/units/units_store_reorganise.h"
#include "platform/db/db.h"

namespace ln::units {

inline constexpr std::size_t event_name_chars_max = 200, event_source_chars_max = 500;

// What is asked for: the day, what people call it, the legal text, and the two files.
struct ReorganisationWish {
  Day day{};
  std::string name{}, source{};
  std::string_view list{}, mapping{};  // CSV (units_reorganise_csv.h)
  std::int64_t by = 0;                 // account; 0: the command line
};

// What the event would do to the units we have; nothing is written. Refuses (invalid) files that
// cannot be read, naming "list" or "mapping" and the line in fields[0].field as "mapping line 12".
Result<Plan> preview(db::Read& read, const ReorganisationWish& wish);

struct Announced {
  Reorganisation event;
  Plan plan;
};
// Closes what ends, opens what begins, and writes down what became of which, all or nothing. The
// units are dated, so an event in the future may be announced today; cases and roles follow by a
// job when its day has come (feedback_jobs_move.h). Refuses what preview() refuses; (conflict) a
// day that has an event already, and a plan with troubles; (invalid) a name or source that is empty
// or too long, beside "name" and "source".
Result<Announced> announce(db::Write& write, const ReorganisationWish& wish, Instant now);

// Takes back an event whose day has not come: the units it would open are gone, those it would end
// go on. Refuses (not_found) an unknown one; (conflict) one whose day has come, and one that a
// later event builds upon. Precondition: nobody has a role in a unit that it opens (opened_by).
Result<Done> withdraw(db::Write& write, ReorganisationId id, Instant now);

}  // namespace ln::units
