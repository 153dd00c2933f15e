// Who drafts the answer to a point. The head of the unit gives a point to an officer; the officer
// writes what the answer could be; only the head's press makes it the answer of the unit.
#pragma once

#include <cstdint>
#include <vector>

#include "core/ledger/ledger.h"
#include "core/people/people_store.h"
#include "feature/consultation/consultation_actions_answer.h"
#include "feature/consultation/consultation_store_draft.h"
#include "platform/db/db.h"

namespace ln::consultation {

// Those who hold a role for exactly the unit that drafts, by name, each once.
std::vector<people::Account> drafters_of(db::Read& read, const Consultation& c);

// Gives a point to one of drafters_of(), or (account 0) to nobody. An entry of the ledger says that
// it was given, and by whom. Refuses (not_found) whoever may not edit, (conflict) after the
// decision, (invalid, beside "drafter") anybody else.
Result<Issue> assign_issue(db::Write& write,
                           const EditAct& act,
                           IssueId id,
                           people::AccountId to,
                           const ledger::Salts& salts);

// A point for its drafter, who still works for the unit: not_found to everybody else. Until the
// decision; (conflict) afterwards.
struct DraftedPoint {
  Consultation consultation;
  Issue issue;
};
Result<DraftedPoint> drafted_point(db::Read& read, const people::Officer& officer, IssueId id);
// Keeps what the drafter would answer; the later one counts. Refuses what check_answer() and
// check_issue_title() refuse; (conflict) a point that is answered.
Result<Proposal> propose(db::Write& write, const EditAct& act, IssueId id, const Given& given);

}  // namespace ln::consultation
