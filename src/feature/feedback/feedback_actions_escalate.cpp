#include "feature/feedback/feedback_actions_escalate.h"

#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions_record.h"
#include "feature/feedback/feedback_actions_triage.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_store_escalation.h"

namespace ln::feedback {
namespace {

// Unlike is_overdue() also for a promise, whose date is its day.
bool has_let_it_pass(const Feedback& feedback, const Rung& rung, Instant now) {
  return !feedback.erased_at && !is_over(feedback.state) && feedback.state != State::answered &&
         feedback.state != State::asked &&
         reached_at(rung, feedback.due_at, *holidays_of(feedback)) < now;
}

// Supervisors watch over the whole city: what they are offered stands at its root.
units::Unit root_of(db::Read& read, units::Unit unit) {
  while (unit.parent.value != 0) {
    auto above = units::find(read, unit.parent);
    if (!above) throw db::Failure("a unit stands under one that does not exist");
    unit = *std::move(above);
  }
  return unit;
}

}  // namespace

Result<bool> escalate(
    db::Write& write, FeedbackId id, const Rung& rung, const ledger::Salts& salts, Instant now) {
  auto found = find(write, id);
  if (!found || !has_let_it_pass(*found, rung, now)) return false;
  if (is_on_rung(write, id, rung.number, found->due_at)) return false;
  const bool is_watched = rung.to == PutBefore::supervisor;
  if (is_watched && found->is_protected) return false;
  TRY(units::Unit to, unit_above(write, *found));
  if (is_watched) to = root_of(write, std::move(to));
  const Feedback late = *found;
  TRY([[maybe_unused]] const Feedback saved,
      record(write, *std::move(found),
             {.event = ledger::Event::assigned,
              .at = now,
              .salts = &salts,
              .party = Party::clock,
              .unit = to.id,
              .reason = std::string(is_watched ? supervised_word : escalated_word),
              .day = local_day(late.due_at),
              .audience = late.is_protected ? Audience::holder : Audience::public_}));
  insert_escalation(write,
                    {.feedback = id,
                     .rung = rung.number,
                     .due_at = late.due_at,
                     .at = kept_time(late, now),
                     .from = late.unit,
                     .to = to.id},
                    to.path);
  return true;
}

}  // namespace ln::feedback
