// Erasing a case: its words, files, contact and notices go in the transaction of the request, what
// opens its lines in the ledger goes in a job (feedback_jobs_erase.h), and the job then sees to it
// that nothing is left in the files. That there was a case, what became of it, and that it was
// erased, when and why, stays: decision 16.
//
// While a case runs only its sender may erase it, with the secret, and the ledger holds the
// signature: otherwise erasing would be the office's delete key.
#pragma once

#include "feature/feedback/feedback_actions.h"

namespace ln::feedback {

// Who may erase besides the sender. Nobody who works on cases.
using Eraser = people::As<people::Role::ombudsman, people::Role::administrator>;

// What a person of the staff can give as a reason; the sender's own and a replay's are not theirs.
inline constexpr std::array staff_erased_because = {
    ErasedBecause::requested, ErasedBecause::purpose_done, ErasedBecause::retention_over,
    ErasedBecause::unlawful};

// By the sender, at any time. Refuses not_found (no such case, or another secret) and conflict (it
// was erased before).
Result<Feedback> erase(db::Write& write, const CitizenAct& act);

struct EraseAct {
  Eraser eraser;
  Code code;
  ErasedBecause because;
  ledger::Salts salts;
  Instant now;
};
// The case, when `eraser` may erase it now. Refuses not_found (no such case, one beyond their
// units, and for an administrator whatever is protected or about conduct), and conflict (it was
// erased before, it is not over, or its sender could still have it looked at again: for a year
// after it was declined, redirected or fell silent, unless a refusal was contested already).
Result<Feedback> find_erasable(db::Read& read, const Eraser& eraser, const Code& code, Instant now);
// By staff, of a case that is over. Refuses what find_erasable refuses.
Result<Feedback> erase(db::Write& write, const EraseAct& act);

// What was erased before a restore brought it back. Nobody can sign for the sender again, so the
// line in the ledger is of the clock, and its reason says so. Refuses not_found and conflict.
Result<Feedback> erase_again(db::Write& write,
                             const Code& code,
                             const ledger::Salts& salts,
                             Instant now);

// What stands of a case in other tables than its own: files of both sides, notices that wait, the
// words of the search index. Part of every erasure; may run again.
void take_away_the_rest(db::Write& write, FeedbackId id);

}  // namespace ln::feedback
