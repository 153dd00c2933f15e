// Whose matter it is, when two offices each say that it is the other's.
//
// An office that was sent a case, or handed it, and passed it on has said "not ours". Whoever would
// send it back there says the same, so the case does not move: it stays where it is, with its
// clock, and is put before the nearest unit that stands above both, which decides once. Whoever
// works for a unit above both sends cases to and fro as they think right: such a decision.
//
// In the ledger it is an `assigned` entry whose `cat` is "disputed" (its `unit`: who decides) or
// "kept" (decided: it stays); when it moves, the `transferred` entry says so.
#pragma once

#include <string>

#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_store_dispute.h"

namespace ln::feedback {

// The nearest unit that stands above both; the top one when one of them is the top. Precondition:
// both stand under one city.
units::Unit above_both(db::Read& read, std::string_view path, std::string_view other);

// Whether the officer works at triage or as head for a unit at or above `path`.
bool stands_above(const people::Officer& officer, std::string_view path);

enum class Passing : std::uint8_t { moves, is_disputed };
// What handing the case to `to` comes to. Whoever is complained about decides nothing: then it
// moves. Refuses (conflict) while somebody else has to decide, and (forbidden) what was decided to
// stay here.
Result<Passing> passing(db::Read& read,
                        const OfficerAct& act,
                        const Feedback& feedback,
                        const units::Unit& to);

// Writes down that `feedback.unit` and `to` disagree. `reason` is the sender's to read.
Result<Feedback> dispute(db::Write& write,
                         const OfficerAct& act,
                         Feedback feedback,
                         const units::Unit& to,
                         const std::string& reason);

// Decides an open dispute: the case stays, or goes to the other of the two (transfer() decides it
// too, for any office). Refuses (conflict) when none is open or the case changed meanwhile,
// (forbidden) who does not stand above both, (invalid, "whose") a third office, (invalid, "text") a
// reason that is too short or too long.
Result<Feedback> decide(db::Write& write,
                        const OfficerAct& act,
                        units::UnitId whose,
                        const std::string& reason);

}  // namespace ln::feedback
