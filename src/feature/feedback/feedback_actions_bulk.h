// One act on many cases at once: taken up, given to somebody, transferred, put with another.
//
// Nothing a citizen is answered with can be done so: each answer, promise, question and refusal is
// written for its own case. Every case keeps its own rule, its own event and its own line in the
// ledger; what is refused for one is done for the others.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feature/feedback/feedback_actions.h"

namespace ln::feedback {

// So many cases in one batch, which is one transaction.
inline constexpr std::size_t bulk_cases_max = 200;
inline constexpr std::array bulk_tasks = {Task::assign, Task::accept, Task::transfer, Task::merge};

// What is chosen once for all of them.
struct BulkChoice {
  Task task = Task::accept;              // one of bulk_tasks
  std::int64_t account = 0;              // assign
  std::optional<units::Unit> unit = {};  // transfer
  std::string reason = {};               // transfer
  std::optional<Code> into = {};         // merge
};

// What the choice lacks, whatever the cases; the acts refuse the same. Refuses (invalid) with one
// FieldError for each of "officer", "unit", "text" and "into" that is wrong.
Result<Done> check_choice(const BulkChoice& choice);

// What would come of it for one case: refuses what the act refuses. A protected case, and one about
// conduct, is besides never transferred or put with others among many: it is looked at alone.
Result<Done> check_one(db::Read& read, const OfficerAct& act, const BulkChoice& choice);

// One case's outcome; no refusal: done.
struct BulkOutcome {
  Code code;
  std::optional<Error> refused = {};
};

// Does it to each of `acts`, in their order, at most bulk_cases_max, in the caller's transaction.
// Refuses (invalid) as a whole only a wrong choice or too many cases; otherwise each case has an
// outcome.
Result<std::vector<BulkOutcome>> act_on_all(db::Write& write,
                                            const std::vector<OfficerAct>& acts,
                                            const BulkChoice& choice);

}  // namespace ln::feedback
