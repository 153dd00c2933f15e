#include "feature/feedback/feedback_actions_dispute.h"

#include <algorithm>

#include "base/text.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions_check.h"
#include "feature/feedback/feedback_actions_move.h"
#include "feature/feedback/feedback_actions_record.h"
#include "feature/feedback/feedback_actions_triage.h"

namespace ln::feedback {
namespace {

Error not_now() { return {ErrorKind::conflict, "feedback.error.not_now"_t}; }

// What is said of whose it is, for everybody who may read the case.
Result<Feedback> say(db::Write& write,
                     const OfficerAct& act,
                     Feedback feedback,
                     units::UnitId unit,
                     std::string_view word,
                     const std::string& reason) {
  return record(write, feedback,
                {.event = ledger::Event::assigned,
                 .at = act.now,
                 .salts = &act.salts,
                 .party = Party::office,
                 .officer_id = act.officer.id().value,
                 .unit = unit,
                 .text = reason,
                 .reason = std::string(word),
                 .audience = audience_of(feedback)});
}

units::Unit unit_of(db::Read& read, units::UnitId id) {
  auto unit = units::find(read, id);
  if (!unit) throw db::Failure("a case stands with a unit that does not exist");
  return *std::move(unit);
}

}  // namespace

units::Unit above_both(db::Read& read, std::string_view path, std::string_view other) {
  const auto differ = std::ranges::mismatch(path, other);
  std::string_view shared = path.substr(0, static_cast<std::size_t>(differ.in1 - path.begin()));
  // "/1/57/" and "/1/58/" share "/1/", not "/1/5".
  shared = shared.substr(0, shared.rfind('/') + 1);
  // Who is one of the two does not decide between them.
  if ((shared == path || shared == other) && !units::is_top(shared))
    shared = shared.substr(0, shared.rfind('/', shared.size() - 2) + 1);
  const std::string_view last = shared.substr(shared.rfind('/', shared.size() - 2) + 1);
  return unit_of(read, units::UnitId{std::stoll(std::string(last.substr(0, last.size() - 1)))});
}

bool stands_above(const people::Officer& officer, std::string_view path) {
  return officer.may(people::Role::head, path) || officer.may(people::Role::triage, path);
}

Result<Passing> passing(db::Read& read,
                        const OfficerAct& act,
                        const Feedback& feedback,
                        const units::Unit& to) {
  const units::Unit above = above_both(read, feedback.unit_path, to.path);
  if (stands_above(act.officer, above.path)) return Passing::moves;
  if (open_dispute(read, feedback)) return Error{ErrorKind::conflict, "feedback.dispute.waits"_t};
  const bool comes_back = to.kind != units::Kind::counter && had(read, feedback.id, to.id);
  // Whoever is complained about does not decide whose matter the complaint is.
  if (!comes_back || is_accused(read, feedback, above, local_day(act.now))) return Passing::moves;
  if (const auto newest = newest_dispute(read, feedback.id);
      newest && newest->decided == feedback.unit)
    return Error{ErrorKind::forbidden, "feedback.dispute.was_decided"_t};
  return Passing::is_disputed;
}

Result<Feedback> dispute(db::Write& write,
                         const OfficerAct& act,
                         Feedback feedback,
                         const units::Unit& to,
                         const std::string& reason) {
  const units::Unit above = above_both(write, feedback.unit_path, to.path);
  const Dispute row{.feedback = feedback.id,
                    .at = kept_time(feedback, act.now),
                    .by = feedback.unit,
                    .with = to.id,
                    .above = above.id};
  TRY(feedback, say(write, act, std::move(feedback), above.id, disputed_word, reason));
  insert_dispute(write, row, above.path);
  return feedback;
}

Result<Feedback> decide(db::Write& write,
                        const OfficerAct& act,
                        units::UnitId whose,
                        const std::string& reason) {
  TRY(Feedback feedback, load_for(write, act, Task::transfer));
  const auto open = open_dispute(write, feedback);
  if (!open) return not_now();
  if (!stands_above(act.officer, unit_of(write, open->above).path))
    return Error{ErrorKind::forbidden, "feedback.error.not_your_part"_t};
  if (whose == open->with) return transfer(write, act, unit_of(write, whose), reason);
  FieldErrors errors;
  if (whose != feedback.unit) errors.add("whose", "feedback.dispute.choose"_t);
  check_text(Task::transfer, reason, errors);
  if (!errors.empty()) return errors.take();
  TRY(feedback, say(write, act, std::move(feedback), feedback.unit, kept_word, reason));
  decide_dispute(write, *open, feedback.unit, kept_time(feedback, act.now));
  return feedback;
}

}  // namespace ln::feedback
