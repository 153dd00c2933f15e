// What offices do: take up, hand on, ask, answer, publish.
#include "base/text.h"
#include "core/attachment/attachment_store.h"
#include "core/people/people_store.h"
#include "core/units/units_store.h"
#include "engine/text/text.h"
#include "feature/feedback/feedback_actions_absence.h"
#include "feature/feedback/feedback_actions_check.h"
#include "feature/feedback/feedback_actions_dispute.h"
#include "feature/feedback/feedback_actions_moderation.h"
#include "feature/feedback/feedback_actions_move.h"
#include "feature/feedback/feedback_actions_record.h"
#include "feature/feedback/feedback_actions_tell.h"
#include "feature/feedback/feedback_actions_triage.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_store_comfort.h"
#include "feature/feedback/feedback_store_moderation.h"

namespace ln::feedback {
namespace {

Error refuse_field(std::string_view field, TextKey text) {
  return {ErrorKind::invalid, text, {{std::string(field), text}}};
}

// An answer must not aim at finding the sender (product.md §1, protected identity).
bool looks_for_sender(std::string_view folded) {
  for (const std::string_view sign :
       {"xem camera", "trich xuat camera", "xem lai camera", "tim nguoi gui", "tim nguoi phan anh",
        "xac minh nguoi gui", "xac minh nguoi phan anh", "checked the camera", "who sent this"})
    if (folded.find(sign) != std::string_view::npos) return true;
  return false;
}

}  // namespace

Recorded by_officer(const OfficerAct& act, ledger::Event event) {
  return {.event = event,
          .at = act.now,
          .salts = &act.salts,
          .party = Party::office,
          .officer_id = act.officer.id().value};
}

void take_up(Feedback& feedback, Instant now) {
  if (!feedback.accepted_at) feedback.accepted_at = kept_time(feedback, now);
}

Audience audience_of(const Feedback& feedback) {
  return feedback.is_public && !feedback.is_protected ? Audience::public_ : Audience::holder;
}

bool may_handle(db::Read& read, people::AccountId id, const Feedback& feedback) {
  const auto account = people::find_account(read, id);
  if (!account || account->disabled_at) return false;
  std::vector<std::string> tops;
  for (const people::Grant& grant : people::grants(read, id))
    if (grant.role == people::Role::handler || grant.role == people::Role::head ||
        grant.role == people::Role::triage || grant.role == people::Role::clerk)
      tops.push_back(grant.unit_path);
  return may_see(feedback, tops, id);
}

Result<Feedback> check_accept(db::Read& read, const OfficerAct& act) {
  TRY(Feedback feedback, load_for(read, act, Task::accept));
  TRY(feedback.state, next_state(feedback, Act::accept, Party::office, act.now));
  take_up(feedback, act.now);
  return feedback;
}

Result<Feedback> accept(db::Write& write, const OfficerAct& act) {
  TRY(Feedback feedback, check_accept(write, act));
  Recorded what = by_officer(act, ledger::Event::accepted);
  what.audience = audience_of(feedback);
  return record(write, std::move(feedback), what);
}

Result<Feedback> check_assign(db::Read& read, const OfficerAct& act, std::int64_t account_id) {
  TRY(Feedback feedback, load_for(read, act, Task::assign));
  TRY(feedback.state, next_state(feedback, Act::assign, Party::office, act.now));
  // Somebody who only handles takes up a case for themselves, or hands on one that is theirs.
  const bool hands_out = act.officer.may(people::Role::head, feedback.unit_path) ||
                         act.officer.may(people::Role::triage, feedback.unit_path);
  const bool is_theirs = feedback.officer_id == act.officer.id().value;
  if (!hands_out && !is_theirs && account_id != act.officer.id().value)
    return Error{ErrorKind::forbidden, "feedback.error.not_your_part"_t};
  if (!may_handle(read, people::AccountId{account_id}, feedback))
    return refuse_field("officer", "feedback.error.officer_not_here"_t);
  feedback.officer_id = stand_in(read, people::AccountId{account_id}, feedback, act.now).value;
  take_up(feedback, act.now);
  return feedback;
}

Result<Feedback> assign(db::Write& write, const OfficerAct& act, std::int64_t account_id) {
  TRY(Feedback feedback, check_assign(write, act, account_id));
  Recorded what = by_officer(act, ledger::Event::assigned);
  what.unit = feedback.unit;
  if (feedback.officer_id != account_id) what.reason = stand_in_word;
  what.audience = audience_of(feedback);
  return record(write, std::move(feedback), what);
}

Result<Feedback> check_transfer(db::Read& read,
                                const OfficerAct& act,
                                const units::Unit& to,
                                const std::string& reason) {
  TRY(Feedback feedback, load_for(read, act, Task::transfer));
  TRY(feedback.state, next_state(feedback, Act::transfer, Party::office, act.now));
  FieldErrors errors;
  if (to.id == feedback.unit || !to.is_valid_on(local_day(act.now)))
    errors.add("unit", "feedback.error.unit_unfit"_t);
  else if (is_accused(read, feedback, to, local_day(act.now)))
    errors.add("unit", "feedback.error.unit_accused"_t);
  check_text(Task::transfer, reason, errors);
  if (!errors.empty()) return errors.take();
  TRY(const Passing comes_to, passing(read, act, feedback, to));
  if (comes_to == Passing::is_disputed) return find(read, act.code).value();
  feedback.unit = to.id;
  feedback.unit_path = to.path;
  feedback.officer_id = 0;
  ++feedback.transfer_count;
  return feedback;
}

Result<Feedback> transfer(db::Write& write,
                          const OfficerAct& act,
                          const units::Unit& to,
                          const std::string& reason) {
  const auto open = open_dispute(write, act.code);
  TRY(Feedback feedback, check_transfer(write, act, to, reason));
  if (feedback.unit != to.id) return dispute(write, act, std::move(feedback), to, reason);
  Recorded what = by_officer(act, ledger::Event::transferred);
  what.unit = to.id;
  what.text = reason;
  what.audience = audience_of(feedback);
  TRY(feedback, record(write, std::move(feedback), what));
  if (open) decide_dispute(write, *open, to.id, kept_time(feedback, act.now));
  return feedback;
}

Result<Feedback> ask(db::Write& write, const OfficerAct& act, const std::string& question) {
  TRY(Feedback feedback, load_for(write, act, Task::ask));
  TRY(feedback.state, next_state(feedback, Act::ask, Party::office, act.now));
  FieldErrors errors;
  check_text(Task::ask, question, errors);
  if (!errors.empty()) return errors.take();
  feedback.asked_at = kept_time(feedback, act.now);
  ++feedback.ask_count;
  Recorded what = by_officer(act, ledger::Event::asked);
  what.text = question;
  return record(write, std::move(feedback), what);
}

Result<Feedback> note(db::Write& write, const OfficerAct& act, const std::string& text) {
  TRY(Feedback feedback, load_for(write, act, Task::note));
  FieldErrors errors;
  check_text(Task::note, text, errors);
  if (!errors.empty()) return errors.take();
  save(write, feedback);  // Its revision grows, so that a colleague's stale form is noticed.
  ++feedback.revision;
  insert_event(write, {.feedback = feedback.id,
                       .event = "noted",
                       .at = kept_time(feedback, act.now),
                       .party = "office",
                       .officer_id = act.officer.id().value,
                       .unit = feedback.unit,
                       .text = text,
                       .audience = Audience::staff});
  return feedback;
}

void check_text(Task task, std::string_view text, FieldErrors& errors) {
  switch (task) {
    case Task::accept:
    case Task::assign:
    case Task::classify:
    case Task::merge:
    case Task::split:
    case Task::publish: return;
    case Task::note: return check_text(text, 1, note_chars_max, errors);
    case Task::transfer:
    case Task::hurry:
    case Task::ask: return check_text(text, 5, reason_chars_max, errors);
    case Task::answer:
    case Task::promise:
    case Task::extend:
    case Task::decline:
    case Task::redirect: return check_text(text, answer_chars_min, answer_chars_max, errors);
  }
}

Result<Done> check_answer(const Feedback& feedback, const Answer& given, Evidence evidence) {
  FieldErrors errors;
  check_text(Task::answer, given.text, errors);
  if (errors.empty() && feedback.is_protected &&
      looks_for_sender(text::fold(given.text + " " + given.evidence)))
    errors.add("text", "feedback.error.answer_looks_for_sender"_t);
  if (!given.outcome) errors.add("outcome", "feedback.error.outcome_missing"_t);
  const bool is_shown = !trimmed(given.evidence).empty() || !given.files.empty() ||
                        evidence == Evidence::may_follow || given.outcome == Outcome::unfounded;
  if (count_chars(given.evidence) > reason_chars_max)
    errors.add("evidence", "feedback.error.text_long"_t);
  else if (!is_shown)
    errors.add("evidence", "feedback.error.evidence_missing"_t);
  if (!errors.empty()) return errors.take();
  return Done{};
}

Result<Feedback> send_answer(db::Write& write,
                             const OfficerAct& act,
                             Feedback feedback,
                             const Answer& given,
                             const std::vector<ledger::Hash>& files) {
  const Instant kept = kept_time(feedback, act.now);
  if (feedback.state == State::asked) end_pause(write, feedback, kept);
  TRY(feedback.state, next_state(feedback, Act::answer, Party::office, act.now));
  TRY([[maybe_unused]] const Done fine,
      check_answer(feedback, given, files.empty() ? Evidence::is_all_here : Evidence::may_follow));
  if (!feedback.answered_at) feedback.answered_at = kept;
  feedback.last_answered_at = kept;
  feedback.promised_on.reset();
  take_up(feedback, act.now);
  Recorded what = by_officer(act, ledger::Event::answered);
  what.text = given.evidence.empty() ? given.text : given.text + "\n\n" + given.evidence;
  what.reason = to_text(*given.outcome);
  what.audience = audience_of(feedback);
  what.files = files;
  TRY(feedback, record(write, std::move(feedback), what));
  remove_review(write, feedback.id);
  return feedback;
}

Result<Feedback> answer(db::Write& write, const OfficerAct& act, const Answer& given) {
  TRY(Feedback feedback, load_for(write, act, Task::answer));
  if (needs_second(write, feedback.unit))
    return Error{ErrorKind::conflict, "feedback.error.needs_second"_t};
  std::vector<ledger::Hash> hashes;
  for (const attachment::Prepared& file : given.files) hashes.push_back(file.hash);
  TRY(feedback, send_answer(write, act, std::move(feedback), given, hashes));
  const Instant kept = kept_time(feedback, act.now);
  for (const attachment::Prepared& file : given.files)
    attachment::store(write, {"feedback_answer", feedback.id.value}, file, kept);
  return feedback;
}

Result<Feedback> hurry(db::Write& write, const OfficerAct& act, const std::string& reason) {
  TRY(Feedback feedback, load_for(write, act, Task::hurry));
  const auto topic = find_topic(write, feedback.topic).value_or(Topic{});
  const Instant at = kept_time(feedback, act.now);
  TRY([[maybe_unused]] const Done open, may_hurry(feedback, topic, at));
  FieldErrors errors;
  check_text(Task::hurry, reason, errors);
  if (!errors.empty()) return errors.take();
  feedback.urgent_at = at;
  feedback.due_at = urgent_due_of(topic, at, feedback.hours).at;
  feedback.calendar_revision = workdays::current()->revision();
  Recorded what = by_officer(act, ledger::Event::extended);
  what.text = reason;
  what.reason = urgent_word;
  what.day = local_day(feedback.due_at);
  what.audience = audience_of(feedback);
  return record(write, std::move(feedback), what);
}

Result<Feedback> extend(db::Write& write, const OfficerAct& act, const std::string& text, Day day) {
  TRY(Feedback feedback, load_for(write, act, Task::extend));
  TRY([[maybe_unused]] const Done open, may_extend(feedback, act.now));
  FieldErrors errors;
  check_text(Task::extend, text, errors);
  const auto topic = find_topic(write, feedback.topic).value_or(Topic{});
  if (day <= local_day(feedback.due_at) || day > latest_extension(feedback, topic) ||
      !holidays()->is_working_day(day))
    errors.add("day", "feedback.error.extend_day"_t);
  if (!errors.empty()) return errors.take();
  feedback.extended_from = feedback.due_at;
  feedback.due_at = promise_ends_at(day, feedback.hours);
  feedback.calendar_revision = workdays::current()->revision();
  ++feedback.extension_count;
  take_up(feedback, act.now);
  Recorded what = by_officer(act, ledger::Event::extended);
  what.text = text;
  what.day = day;
  what.audience = audience_of(feedback);
  return record(write, std::move(feedback), what);
}

Result<Feedback> publish(db::Write& write,
                         const OfficerAct& act,
                         const std::string& title,
                         const std::string& body) {
  return publish(write, act, title, body, HideReason::privacy);
}

Result<Feedback> publish(db::Write& write,
                         const OfficerAct& act,
                         const std::string& title,
                         const std::string& body,
                         HideReason reason) {
  TRY(Feedback feedback, load_for(write, act, Task::publish));
  if (!feedback.is_public) return Error{ErrorKind::forbidden, "feedback.error.not_for_public"_t};
  if (feedback.is_protected)
    return Error{ErrorKind::forbidden, "feedback.error.protected_not_public"_t};
  if (feedback.about == About::conduct && !feedback.answered_at)
    return Error{ErrorKind::conflict, "feedback.error.conduct_unverified"_t};
  FieldErrors errors;
  if (trimmed(title).empty() || count_chars(title) > title_chars_max)
    errors.add("title", "feedback.error.title_length"_t);
  if (trimmed(body).empty() || count_chars(body) > body_chars_max)
    errors.add("body", "feedback.error.body_length"_t);
  if (feedback.published_at && title == feedback.public_title && body == feedback.public_body)
    errors.add("body", "feedback.error.public_unchanged"_t);
  if (!errors.empty()) return errors.take();
  const bool was_public = feedback.published_at.has_value();
  const TextChange hidden =
      change_of(feedback.title + "\n\n" + feedback.body,
                was_public ? feedback.public_title + "\n\n" + feedback.public_body
                           : feedback.title + "\n\n" + feedback.body,
                title + "\n\n" + body);
  if (!was_public) feedback.published_at = act.now;
  feedback.public_title = title;
  feedback.public_body = body;
  const bool changed = hidden.is_any || was_public;
  Recorded what = by_officer(act, changed ? ledger::Event::redacted : ledger::Event::published);
  what.text = changed ? title + "\n\n" + body : "";
  if (changed) what.reason = to_text(reason);
  what.audience = Audience::staff;
  TRY(Feedback recorded, record(write, std::move(feedback), what));
  if (hidden.is_any) {
    insert_moderation(write, {.feedback = recorded.id,
                              .at = act.now,
                              .unit = recorded.unit,
                              .change = hidden.change,
                              .kinds = hidden.kinds,
                              .reason = reason});
    tell_of_hiding(write, recorded, hidden.change, act.now);
  }
  return recorded;
}

}  // namespace ln::feedback
