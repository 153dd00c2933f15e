#include "feature/feedback/feedback_actions_promised.h"

#include "feature/feedback/feedback_actions_record.h"
#include "feature/feedback/feedback_actions_triage.h"

namespace ln::feedback {
namespace {

Result<Feedback> promised_case(db::Read& read, FeedbackId id) {
  auto found = find(read, id);
  if (!found) return Error{ErrorKind::not_found, "feedback.error.no_such_case"_t};
  if (found->erased_at || found->state != State::promised)
    return Error{ErrorKind::conflict, "feedback.error.not_now"_t};
  return *std::move(found);
}

}  // namespace

Result<Feedback> change_promised_day(
    db::Write& write, FeedbackId id, Day day, const ledger::Salts& salts, Instant now) {
  TRY(Feedback feedback, promised_case(write, id));
  feedback.promised_on = day;
  const Recorded what{.event = ledger::Event::promised,
                      .at = now,
                      .salts = &salts,
                      .reason = std::string(day_changed_word),
                      .day = day,
                      .audience = audience_of(feedback)};
  return record(write, std::move(feedback), what);
}

Result<Feedback> give_up_promise(db::Write& write,
                                 FeedbackId id,
                                 const ledger::Salts& salts,
                                 Instant now) {
  TRY(Feedback feedback, promised_case(write, id));
  const Day today = local_day(now);
  if (!feedback.promised_on || *feedback.promised_on < today)
    return Error{ErrorKind::conflict, "feedback.error.not_now"_t};
  feedback.promised_on = today - std::chrono::days(1);
  const Recorded what{.event = ledger::Event::promised,
                      .at = now,
                      .salts = &salts,
                      .reason = std::string(given_up_word),
                      .audience = audience_of(feedback)};
  return record(write, std::move(feedback), what);
}

}  // namespace ln::feedback
