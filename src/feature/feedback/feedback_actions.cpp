// What the acts share, what time does, and the opening of a sealed identity.
#include "feature/feedback/feedback_actions.h"

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_store_waiting.h"
#include "core/people/people_code.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions_record.h"
#include "feature/feedback/feedback_actions_tell.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_rights.h"
#include "feature/feedback/feedback_store_part.h"

namespace ln::feedback {

std::string draw_secret(Random& random) { return people::draw_secret(random); }

Result<Feedback> load_for(db::Read& read, const OfficerAct& act, Task task) {
  auto found = find(read, act.code);
  if (!found || !may_see(*found, act.officer))
    return Error{ErrorKind::not_found, "feedback.error.no_such_case"_t};
  if (found->erased_at) return Error{ErrorKind::conflict, "feedback.error.erased"_t};
  if (found->revision != act.revision)
    return Error{ErrorKind::conflict, "feedback.error.changed_meanwhile"_t};
  if (!may_act(act.officer, task, *found))
    return Error{ErrorKind::forbidden, "feedback.error.not_your_part"_t};
  return *std::move(found);
}

Instant kept_time(const Feedback& feedback, Instant now) {
  return feedback.is_protected ? ledger::coarse(now) : now;
}

Result<Feedback> record(db::Write& write, Feedback feedback, const Recorded& what) {
  const auto unit = units::find(write, feedback.unit);
  const bool is_erasure = what.event == ledger::Event::erased;
  const ledger::Entry entry{.event = what.event,
                            .subject = {"feedback", feedback.id.value},
                            .at = what.at,
                            .party = what.party,
                            .actor_id = what.officer_id,
                            .unit_id = feedback.unit.value,
                            .unit = unit ? std::string_view(unit->code) : std::string_view(),
                            .topic = is_erasure ? std::string_view() : what.reason,
                            .due = feedback.due_at,
                            .body = what.text,
                            .files = what.files,
                            .reason = is_erasure ? what.reason : std::string_view(),
                            .registers = what.registers,
                            .citizen = what.citizen == nullptr ? nullptr : &what.citizen->key()};
  TRY(const ledger::Appended appended, ledger::append(write, entry, *what.salts));
  // Whoever reads the timeline later is told which office acted, wherever the case is by then. An
  // identity is opened by the ombudsman, not by the office that handles the case, and a case is
  // erased by nobody who handles it.
  const bool acted = what.unit.value == 0 && what.party == Party::office &&
                     what.event != ledger::Event::opened_identity && !is_erasure;
  if (!save(write, feedback)) throw db::Failure("a case changed inside one transaction");
  ++feedback.revision;
  insert_event(write, {.feedback = feedback.id,
                       .event = std::string(ledger::to_text(what.event)),
                       .at = kept_time(feedback, what.at),
                       .party = std::string(ledger::to_text(what.party)),
                       .officer_id = what.officer_id,
                       .unit = acted ? feedback.unit : what.unit,
                       .text = what.text,
                       .reason = what.reason,
                       .day = what.day,
                       .audience = what.audience,
                       .ledger_index = appended.line()});
  tell_sender(write, feedback,
              {.event = what.event, .party = what.party, .reason = what.reason, .day = what.day},
              what.at);
  return feedback;
}

void check_text(std::string_view text, std::size_t min, std::size_t max, FieldErrors& errors) {
  const std::size_t chars = count_chars(trimmed(text));
  if (chars == 0)
    errors.add("text", "feedback.error.text_empty"_t);
  else if (chars < min)
    errors.add("text", "feedback.error.text_short"_t);
  else if (chars > max)
    errors.add("text", "feedback.error.text_long"_t);
}

Result<Done> check_text(std::string_view text, std::size_t min, std::size_t max) {
  FieldErrors errors;
  check_text(text, min, max, errors);
  if (!errors.empty()) return errors.take();
  return Done{};
}

void end_pause(db::Read& read, Feedback& feedback, Instant now) {
  if (!feedback.asked_at) return;
  const Topic topic = find_topic(read, feedback.topic).value_or(Topic{});
  feedback.due_at =
      due_after_pause(feedback, topic, {*feedback.asked_at, now}, *holidays_of(feedback));
  feedback.asked_at.reset();
}

Result<units::Unit> unit_above(db::Read& read, const Feedback& feedback) {
  const auto unit = units::find(read, feedback.unit);
  if (!unit) throw db::Failure("a case is handled by a unit that does not exist");
  if (unit->parent.value == 0) return *unit;
  const auto above = units::find(read, unit->parent);
  if (!above) throw db::Failure("a unit stands under one that does not exist");
  const bool is_accused = feedback.about == About::conduct && !feedback.object_path.empty() &&
                          units::is_within(above->path, feedback.object_path);
  return is_accused ? *unit : *above;
}

Result<OpenedIdentity> open_identity(db::Write& write,
                                     const people::Ombudsman& ombudsman,
                                     const Code& code,
                                     const std::string& reason,
                                     const ledger::Salts& salts,
                                     Instant now) {
  constexpr std::chrono::hours shown_for{24};
  auto found = find(write, code);
  if (!found) return Error{ErrorKind::not_found, "feedback.error.no_such_case"_t};
  const auto contact = contact_of(write, found->id);
  if (!contact || !contact->is_sealed())
    return Error{ErrorKind::not_found, "feedback.error.nothing_sealed"_t};
  TRY([[maybe_unused]] const Done fine, check_text(reason, 10, reason_chars_max));
  TRY(const Feedback feedback, record(write, *std::move(found),
                                      {.event = ledger::Event::opened_identity,
                                       .at = now,
                                       .salts = &salts,
                                       .officer_id = ombudsman.id().value,
                                       .text = reason}));
  const OpenedIdentity opened{*contact, kept_time(feedback, now) + shown_for};
  insert_opening(write, feedback.id,
                 {ombudsman.id().value, reason, kept_time(feedback, now), opened.until});
  return opened;
}

Result<Feedback> lapse(db::Write& write, FeedbackId id, const ledger::Salts& salts, Instant now) {
  auto found = find(write, id);
  if (!found) return Error{ErrorKind::not_found, "feedback.error.no_such_case"_t};
  TRY(found->state, next_state(*found, Act::lapse, Party::clock, now));
  // Silence is kept towards the whole letter: it begins with the last answer to any part of it.
  if (!is_whole_silent(write, id, now - silence_closes_after))
    return Error{ErrorKind::conflict, "feedback.error.not_silent_yet"_t};
  found->closed_at = kept_time(*found, now);
  found->closed_by = "silence";
  return record(write, *std::move(found),
                {.event = ledger::Event::lapsed,
                 .at = now,
                 .salts = &salts,
                 .party = Party::clock,
                 .reason = "silence",
                 .audience = Audience::public_});
}

Result<Feedback> resume(db::Write& write, FeedbackId id, const ledger::Salts& salts, Instant now) {
  auto found = find(write, id);
  if (!found) return Error{ErrorKind::not_found, "feedback.error.no_such_case"_t};
  TRY(found->state, next_state(*found, Act::resume, Party::clock, now));
  if (!found->asked_at || now < pause_ends_at(*found->asked_at, found->hours))
    return Error{ErrorKind::conflict, "feedback.error.not_now"_t};
  end_pause(write, *found, kept_time(*found, now));
  return record(write, *std::move(found),
                {.event = ledger::Event::assigned,
                 .at = now,
                 .salts = &salts,
                 .party = Party::clock,
                 .reason = "no_reply"});
}

}  // namespace ln::feedback
