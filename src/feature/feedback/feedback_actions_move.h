// What a reorganisation does to a case: its office has ended, and another one takes it over with
// the clock as it stands. The due instants, the state and the count of transfers stay; the ledger
// and the timeline tell from where to where.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/units/units_store_reorganise.h"
#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_store_move.h"

namespace ln::feedback {

// Words of `reason` in the timeline and, as `cat`, in the payload.
inline constexpr std::string_view reason_reorganised = "reorganised", reason_settled = "settled";

// Moves the case to whoever took over from its office, as of the day of `event`: the only
// successor; or the one whose address rule fits the place; else the first one named, or the unit
// above, until a person settles it. Never to a unit that became of the one complained about, nor
// below it: then to the one above. The officer keeps the case who has a role there.
//
// Refuses (conflict) what is closed or erased, what is handled by an office that goes on, and what
// nobody takes over.
Result<Feedback> move_along(db::Write& write,
                            FeedbackId id,
                            const units::Reorganisation& event,
                            const ledger::Salts& salts,
                            Instant now);

// What would move if a plan were applied now. Counts only: no case, unit or person can be told from
// them.
struct MovePreview {
  std::int64_t cases = 0;      // not closed, protected ones among them
  std::int64_t undecided = 0;  // of these: an address rule decides, or a person
  std::int64_t roles = 0;      // in force for units that end
  std::int64_t desks = 0;      // with QR codes, at counters that end; their codes lead on
};
MovePreview preview_moves(db::Read& read, const units::Plan& plan);

// Where an undetermined case may belong: the successors of its old office; none when nothing is
// known, then any unit may be.
std::vector<units::Unit> candidates_of(db::Read& read, const Move& move, Day today);

// A person says where an undetermined case belongs. Whoever may pass it on may, and sees it by the
// same rules. Refuses what a transfer refuses, a unit that is no candidate (invalid, "unit"), and
// (conflict) a case that is not undetermined.
Result<Feedback> settle_move(db::Write& write,
                             const OfficerAct& act,
                             units::ReorganisationId event,
                             const units::Unit& to);

// A case that starts again may belong to an office that has ended meanwhile: then it is handed to
// whoever took over. Changes `feedback` only; what is returned is inserted when the case is saved.
std::optional<Move> hand_to_heir(db::Read& read, Feedback& feedback, Instant now);

// Whether `to` is the unit whose conduct the case is about, became of it, or stands below either.
bool is_accused(db::Read& read, const Feedback& feedback, const units::Unit& to, Day day);

}  // namespace ln::feedback
