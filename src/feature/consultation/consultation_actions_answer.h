// What the desk does with what was said: puts comments under points, and answers the points.
//
// All of it is for whoever may edit the draft, from the day it is opened until it is decided.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/ledger/ledger.h"
#include "feature/consultation/consultation_actions.h"
#include "feature/consultation/consultation_store_answer.h"
#include "platform/db/db.h"

namespace ln::consultation {

// A consultation that is published and not decided yet, for an editor of it. Refuses (not_found)
// everybody else, and (conflict) one that is decided. Does not look at act.revision.
Result<Consultation> undecided(db::Read& read, const EditAct& act, ConsultationId id);

// What a new point needs that is random; drawn while preparing.
struct IssueDraws {
  ledger::CaseKey case_key{};
  ledger::Salts salts{};
};
IssueDraws draw_issue(Random& random);

inline constexpr std::size_t placed_at_once = 200;
// Puts comments under a point, by hand: each is kept with who and when. Comments of another
// consultation and withdrawn ones are refused (not_found), all together. Gives how many moved.
Result<std::int64_t> place_comments(db::Write& write,
                                    const EditAct& act,
                                    IssueId to,
                                    const std::vector<Code>& codes);
// The same under a new point, which belongs to the clause of the first comment. Refuses (invalid) a
// title that is too short or too long.
Result<Issue> place_in_new(db::Write& write,
                           const EditAct& act,
                           ConsultationId id,
                           const std::string& title,
                           const std::vector<Code>& codes,
                           const IssueDraws& draws);
// Refuses (invalid) beside "title" what may not be the title of a point.
Result<Done> check_issue_title(const std::string& title);

// Makes a point and says so in the ledger; `by` is an account. Precondition: the ledger may be
// written, and the consultation is not decided.
Issue open_issue(db::Write& write,
                 const Consultation& c,
                 Issue issue,
                 std::int64_t by,
                 Instant now,
                 const IssueDraws& draws);

// Answers a point, or answers it anew; act.revision is that of the point. An entry of the ledger
// fixes the words and which comments stood under it. Refuses (conflict) a point that is under
// nobody's comment, and what check_answer() refuses.
Result<Issue> answer_issue(db::Write& write,
                           const EditAct& act,
                           IssueId id,
                           const Given& given,
                           const ledger::Salts& salts);

// What the ledger fixes of an answer (docs/decisions/0033-nobody-is-lost.md).
std::string answer_statement(const Issue& issue, const std::vector<std::string>& codes);

}  // namespace ln::consultation
