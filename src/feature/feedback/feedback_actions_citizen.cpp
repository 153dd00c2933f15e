// What citizens do with the answer to their case. They act by the secret alone.
#include "base/text.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions_move.h"
#include "feature/feedback/feedback_actions_record.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_store_part.h"

namespace ln::feedback {
namespace {

Recorded by_citizen(const CitizenAct& act, ledger::Event event) {
  return {.event = event,
          .at = act.now,
          .salts = &act.salts,
          .party = Party::citizen,
          .text = act.text,
          .citizen = &act.citizen};
}

// A case that starts again is due as a new one of its topic would be; the first due instant stays.
void start_again(db::Read& read, Feedback& feedback, Instant now) {
  const auto topic = find_topic(read, feedback.topic);
  const workdays::Shared calendar = workdays::current();
  feedback.due_at = due_of(topic.value_or(Topic{}), now, feedback.hours, calendar->days()).at;
  feedback.calendar_revision = calendar->revision();
  feedback.extended_from.reset();
  feedback.urgent_at.reset();
  feedback.officer_id = 0;
  feedback.closed_at.reset();
  feedback.closed_by.clear();
  feedback.promised_on.reset();
}

void move_to(Feedback& feedback, const units::Unit& unit) {
  feedback.unit = unit.id;
  feedback.unit_path = unit.path;
}

}  // namespace

Result<Feedback> open(db::Read& read, const people::Citizen& citizen, const Code& code) {
  auto found = find(read, code);
  if (!found || found->citizen_key != citizen.public_key())
    return Error{ErrorKind::not_found, "feedback.error.code_or_secret"_t};
  return *std::move(found);
}

Result<Feedback> approve(db::Write& write, const CitizenAct& act) {
  TRY(Feedback feedback, open(write, act.citizen, act.code));
  TRY(feedback.state, next_state(feedback, Act::approve, Party::citizen, act.now));
  if (!parts_let_close(write, feedback.id))
    return Error{ErrorKind::conflict, "feedback.error.parts_open"_t};
  feedback.closed_at = kept_time(feedback, act.now);
  feedback.closed_by = "citizen";
  Recorded what = by_citizen(act, ledger::Event::closed);
  what.reason = "citizen";
  what.text.clear();  // Everybody reads this event, and nobody has looked through the words.
  what.audience = Audience::public_;
  return record(write, std::move(feedback), what);
}

// The first time the same unit looks again; the second time the unit above does.
Result<Feedback> reopen(db::Write& write, const CitizenAct& act) {
  TRY(Feedback feedback, open(write, act.citizen, act.code));
  TRY(feedback.state, next_state(feedback, Act::reopen, Party::citizen, act.now));
  if (count_chars(act.text) > reason_chars_max)
    return Error{
        ErrorKind::invalid, "feedback.error.text_long"_t, {{"text", "feedback.error.text_long"_t}}};
  const auto move = hand_to_heir(write, feedback, act.now);
  if (feedback.reopen_count > 0) {
    TRY(const units::Unit above, unit_above(write, feedback));
    move_to(feedback, above);
  }
  ++feedback.reopen_count;
  start_again(write, feedback, kept_time(feedback, act.now));
  Recorded what = by_citizen(act, ledger::Event::reopened);
  what.unit = feedback.unit;
  TRY(feedback, record(write, std::move(feedback), what));
  if (move) insert(write, *move);
  return feedback;
}

Result<Feedback> reply(db::Write& write, const CitizenAct& act) {
  TRY(Feedback feedback, open(write, act.citizen, act.code));
  TRY(feedback.state, next_state(feedback, Act::reply, Party::citizen, act.now));
  TRY([[maybe_unused]] const Done fine, check_text(act.text, 1, body_chars_max));
  end_pause(write, feedback, kept_time(feedback, act.now));
  return record(write, std::move(feedback), by_citizen(act, ledger::Event::replied));
}

Result<Feedback> contest(db::Write& write, const CitizenAct& act) {
  TRY(Feedback feedback, open(write, act.citizen, act.code));
  TRY(feedback.state, next_state(feedback, Act::contest, Party::citizen, act.now));
  TRY([[maybe_unused]] const Done fine, check_text(act.text, 1, reason_chars_max));
  const auto move = hand_to_heir(write, feedback, act.now);
  TRY(const units::Unit above, unit_above(write, feedback));
  move_to(feedback, above);
  // Whoever says that it is no complaint decides that: it is looked at as feedback again.
  feedback.held_as.reset();
  ++feedback.contest_count;
  start_again(write, feedback, kept_time(feedback, act.now));
  Recorded what = by_citizen(act, ledger::Event::contested);
  what.unit = feedback.unit;
  TRY(feedback, record(write, std::move(feedback), what));
  if (move) insert(write, *move);
  return feedback;
}

}  // namespace ln::feedback
