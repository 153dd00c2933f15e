// Statements: short sentences drawn from comments, and what people say to them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "feature/consultation/consultation_actions.h"
#include "feature/consultation/consultation_store_votes.h"

namespace ln::consultation {

// A new statement of a consultation that everybody may read. `from` is the code of the comment it
// was drawn from, which places it under the clause of the comment; empty: it is of the whole draft.
// Refuses (invalid) beside "text", and beside "from" what is no comment on this draft that is
// shown.
Result<Consultation> add_statement(db::Write& write,
                                   const EditAct& act,
                                   ConsultationId id,
                                   const std::string& text,
                                   const std::string& from = {});
// Whether it is asked from now on. What was said to one that is not stands in no map.
Result<Consultation> turn_statement(
    db::Write& write, const EditAct& act, ConsultationId id, StatementId statement, bool is_on);

// +1 agrees, −1 disagrees, 0 passes; said again, it is changed. `mark` is the browser's
// (consultation_pages_parts.h). Refuses (conflict) once the consultation is closed.
struct VoteAct {
  ConsultationId consultation{};
  StatementId statement{};
  std::string mark;
  int said = 0;
  Instant now;
};
Result<Done> vote(db::Write& write, const VoteAct& act);

// Which of the statements a person has not answered comes next: drawn with a probability that is
// proportional to how much a further vote on it would tell (`weights`, by statement; 1 where there
// is none: engines.md A, point 14). The same seed and answers give the same statement, so that
// loading a page again asks nothing else; nobody chooses an order that leads. Null when all are
// answered.
struct Weight {
  std::int64_t statement = 0;
  double weight = 1;
};
std::optional<std::size_t> next_statement(std::span<const Statement> statements,
                                          const std::map<std::int64_t, int>& answered,
                                          std::span<const Weight> weights,
                                          std::string_view seed);

}  // namespace ln::consultation
