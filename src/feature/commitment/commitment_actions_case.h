// A promise in an answer to a case follows the case.
//
// Who handles a case promises in its answer; that letter is a commitment from then on, in the same
// transaction (decision 51). The case leads: its answer declares the promise done, its sender says
// there whether it is, and silence there is silence here. Whatever else is said of the promise
// (confirming its text, consenting to another day) is said of the commitment with the code and the
// secret of the case.
//
// A protected case, one about somebody's conduct, a held or an erased one never becomes a
// commitment. Of a case whose words are for its sender only the unit, the day and what became of it
// are told.
#pragma once

#include <array>
#include <cstdint>

#include "core/ledger/ledger.h"
#include "feature/commitment/commitment_store_case.h"
#include "platform/db/db.h"

namespace ln::commitment {

// Everything that following one case needs drawn.
struct CaseStep {
  std::int64_t case_id = 0;
  ledger::CaseKey case_key{};
  ledger::Salts made{};
  std::array<ledger::Salts, 4> declared{};  // for so many promises of the case at once
  Instant now{};
};
CaseStep draw_step(std::int64_t case_id, Random& random, Instant now);

// Brings the promises of the case to where the case stands: makes the one of its newest letter,
// declares, keeps or opens the others, takes back words that are not public any more, leaves out
// what nothing is told of, and takes the new key of a sender who has a new secret.
// Changes nothing when they stand there already, and nothing while the ledger is closed.
// Returns whether it changed anything.
bool follow_case(db::Write& write, const CaseStep& step);

// The same for all cases that moved without it: by a clock, a machine, another desk. And whoever
// withdrew their comment on a draft has no say and no words at its promise. Returns how many.
std::int64_t follow_cases(db::Database& database, Random& random, Instant now);

// The case of this number is being erased: its sender's code goes from its promises, with all words
// and with the salts of the sender's lines. That something was promised, until when, and what
// became of it stays.
void forget_words(db::Write& write, const db::Erasure& permission, std::int64_t case_id);

}  // namespace ln::commitment
