// Taking a part out of a letter for another office, and putting it back (feedback_part.h).
//
// The letter's chain in the ledger gets one entry, `assigned` with `cat` "parted" and the passage
// as its body. The part begins a chain of its own: `received` by the office, with the key of the
// same sender, the passage, the part's date and the `cat` of core/ledger/ledger_part.h, so that no
// figure takes it for a second letter. Putting it back ends that chain: `closed` by the office,
// with `cat` "rejoined", which is nobody's acceptance and counts as no answer.
#pragma once

#include <string>

#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_store_part.h"

namespace ln::feedback {

// What an officer chose, as far as it could be read, with all randomness drawn.
struct Parting {
  OfficerAct act;                   // on the letter
  std::string typed{};              // the passage
  std::optional<units::Unit> to{};  // null: no such unit
  std::optional<Topic> topic{};     // null: no such topic
  Code code, spare_code;            // of the part
  ledger::CaseKey case_key{};
  ledger::Salts salts{};
};

// The part as it would be born: the letter's sender, secret, moment of arrival and protection; the
// chosen office and topic; due as that topic is, counted from when the letter came.
// Refuses, beside "passage", "unit" and "topic" (invalid), all that is wrong at once; (conflict) a
// letter of which nothing may be taken out (may_be_parted), a part itself, and the sixth part; an
// office that has a living part of this letter gets no second one (beside "unit");
// (not_found, forbidden) as load_for does for a transfer.
Result<Feedback> check_part(db::Read& read, const Parting& parting);

// Makes it. Gives the letter as it is now.
Result<Feedback> take_part(db::Write& write, const Parting& parting);

// Puts part `number` back while nobody has worked on it, within rejoin_for: its case ends,
// uncounted, and the letter has its matter again. Refuses (conflict) once something was done or the
// time is over, and what is no part of it.
Result<Feedback> rejoin(db::Write& write,
                        const OfficerAct& act,
                        int number,
                        const ledger::Salts& part_salts);

// What is drawn for one act on a letter serves its parts too: commits draw nothing. Made of the
// letter's salts and the part's number by HKDF, so that no two entries share theirs.
ledger::Salts salts_of_part(const ledger::Salts& letter, int number);

}  // namespace ln::feedback
