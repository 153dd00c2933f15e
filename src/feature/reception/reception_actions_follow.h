// What a reorganisation does to days of reception: the unit that kept them has ended, and another
// one takes them over, with every turn, debt and objection as it stands (decision 48). As cases do
// (feedback_actions_move.h).
#pragma once

#include <vector>

#include "core/people/people.h"
#include "core/units/units_store_reorganise.h"
#include "feature/reception/reception_store_follow.h"

namespace ln::reception {

// Hands the day to whoever took over from the unit that keeps it, as of the day of `now`: the only
// successor; the one whose address rule fits the place where it is held; else the first one named,
// or the unit above, until a person says. A day that nobody was certain of stays so, whoever takes
// it over next. One that begins after the last day of the unit that ended becomes a day of the new
// one, also when the clock comes late. Says so in the public log and tells whoever booked and is
// still to come, waits for a result or stands in no log yet, and left a contact. Refuses (conflict)
// a day whose keeper goes on, one of which nothing is to come, and one that nobody takes over.
Result<Reception> follow(db::Write& write, ReceptionId id, Instant now);

// Where a day may belong about which nobody is certain: the successors of the unit that kept it;
// none when nothing is known, then any unit may be.
std::vector<units::Unit> candidates_of(db::Read& read, const Follow& follow, Day today);

// A head of a unit above the one that keeps it meanwhile says where the day belongs, to a unit
// below that one: the keeper alone would push its debts and what was said there on another. Where
// nothing stands above the keeper, its own head says. Tells nobody when it stays where it is. It
// refuses (not_found) others, (conflict) a day about which everybody is certain or that somebody
// changed meanwhile, (invalid) beside "unit" one that is no candidate.
struct Settling {
  people::Officer officer;
  ReceptionId id{};
  std::int64_t revision = 0;  // as it was seen
  std::string unit_code{};
  Instant now{};
};
Result<Reception> settle(db::Write& write, const Settling& settling);

// When it is open where a day belongs: the first word since somebody was certain, whose `from` is
// the unit whose successors it may belong to, also when the one named first has ended as well; null
// otherwise.
std::optional<Follow> open_follow(db::Read& read, ReceptionId id);

}  // namespace ln::reception
