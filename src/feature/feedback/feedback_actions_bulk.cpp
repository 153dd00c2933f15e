#include "feature/feedback/feedback_actions_bulk.h"

#include <algorithm>

#include "feature/feedback/feedback_actions_check.h"
#include "feature/feedback/feedback_actions_triage.h"

namespace ln::feedback {
namespace {

Result<Done> bulk_done_if(const Result<Feedback>& result) {
  if (!result.ok()) return result.error();
  return Done{};
}

// A case that may harm whoever sent it is never moved among many.
bool needs_a_look(const Feedback& feedback, Task task) {
  return (task == Task::transfer || task == Task::merge) && !may_be_grouped(feedback);
}

Result<Feedback> do_one(db::Write& write, const OfficerAct& act, const BulkChoice& choice) {
  switch (choice.task) {
    case Task::accept: return accept(write, act);
    case Task::assign: return assign(write, act, choice.account);
    case Task::transfer: return transfer(write, act, *choice.unit, choice.reason);
    default: return merge(write, act, *choice.into);
  }
}

}  // namespace

Result<Done> check_choice(const BulkChoice& choice) {
  FieldErrors errors;
  if (std::ranges::find(bulk_tasks, choice.task) == bulk_tasks.end())
    return Error{ErrorKind::invalid, "feedback.bulk.no_task"_t};
  if (choice.task == Task::assign && choice.account == 0)
    errors.add("officer", "feedback.error.officer_not_here"_t);
  if (choice.task == Task::transfer && !choice.unit)
    errors.add("unit", "feedback.error.unit_unknown"_t);
  if (choice.task == Task::transfer) check_text(Task::transfer, choice.reason, errors);
  if (choice.task == Task::merge && !choice.into)
    errors.add("into", "feedback.error.merge_unknown"_t);
  if (!errors.empty()) return errors.take();
  return Done{};
}

Result<Done> check_one(db::Read& read, const OfficerAct& act, const BulkChoice& choice) {
  if (choice.task == Task::accept) return bulk_done_if(check_accept(read, act));
  if (choice.task == Task::assign) return bulk_done_if(check_assign(read, act, choice.account));
  const auto result = choice.task == Task::transfer
                          ? check_transfer(read, act, *choice.unit, choice.reason)
                          : check_merge(read, act, *choice.into);
  // What may not be known at all is refused as such first.
  if (!result.ok() && result.error().kind == ErrorKind::not_found) return result.error();
  const auto found = find(read, act.code);
  if (found && needs_a_look(*found, choice.task))
    return Error{ErrorKind::forbidden, "feedback.bulk.by_hand"_t};
  return bulk_done_if(result);
}

Result<std::vector<BulkOutcome>> act_on_all(db::Write& write,
                                            const std::vector<OfficerAct>& acts,
                                            const BulkChoice& choice) {
  if (acts.size() > bulk_cases_max) return Error{ErrorKind::invalid, "feedback.bulk.many"_t};
  TRY([[maybe_unused]] const Done fine, check_choice(choice));
  std::vector<BulkOutcome> outcomes;
  for (const OfficerAct& act : acts) {
    BulkOutcome outcome{act.code};
    if (const auto may = check_one(write, act, choice); !may.ok())
      outcome.refused = may.error();
    else if (const auto result = do_one(write, act, choice); !result.ok())
      outcome.refused = result.error();
    outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

}  // namespace ln::feedback
