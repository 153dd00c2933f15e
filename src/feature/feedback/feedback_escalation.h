// The ladder of what is late: to whom a case goes up by itself when its office lets the date pass.
//
// The rungs are data (data/escalation.csv). Going up takes nothing from the late office: it stays
// the one that must answer, its clock and its place in every count stay, and what was missed is
// public. (Product, section 1: "Overdue escalates to the unit above by itself, and is public".)
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "engine/calendar/calendar.h"

namespace ln::feedback {

enum class PutBefore : std::uint8_t {
  above,       // The unit above the late one.
  supervisor,  // Those who watch over the city. Protected cases are not shown to them, and stay.
};
std::string_view to_text(PutBefore);

struct Rung {
  std::int64_t number = 1;
  calendar::Deadline after{calendar::Measure::working_days, 1};
  bool at_once = false;  // When the date passes, and not `after` it.
  PutBefore to = PutBefore::above;
};

// `rung,after,measure,to`, with a header line; an `after` of 0 is at once. Refuses (invalid) the
// whole table, with the line in the values, for unknown words, numbers out of order and more than
// nine rungs.
Result<std::vector<Rung>> read_ladder(std::string_view csv);
// The one inside the executable, lowest rung first.
const std::vector<Rung>& ladder();

// When a case that was due at `due_at` reaches the rung.
Instant reached_at(const Rung& rung, Instant due_at, const calendar::Holidays& days);

}  // namespace ln::feedback
