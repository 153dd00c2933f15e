// Promises and refusals: letters of an office that are no answer.
#include "base/text.h"
#include "feature/feedback/feedback_actions_held.h"
#include "feature/feedback/feedback_actions_record.h"
#include "feature/feedback/feedback_actions_review.h"
#include "feature/feedback/feedback_store_comfort.h"
#include "feature/feedback/feedback_store_erase.h"
#include "feature/feedback/feedback_store_page.h"
#include "feature/feedback/feedback_store_search.h"
#include "feature/feedback/feedback_store_similar.h"

namespace ln::feedback {
namespace {

constexpr std::chrono::days promise_days_max{365};

// A complaint or denunciation in the legal sense leaves every list, with all that was public of it.
void hide_held(db::Write& write, Feedback& feedback, petition::Sort sort) {
  feedback.held_as = sort;
  feedback.officer_id = 0;
  feedback.published_at.reset();
  feedback.public_title.clear();
  feedback.public_body.clear();
  search_index.remove(write, feedback.id.value);
  remove_bands(write, feedback.id);
  remove_page(write, feedback.id);
}

// The last letter has been queued by now. What was public stands in the search index's old pages.
void put_away_contact(db::Write& write,
                      const Feedback& feedback,
                      const std::string& sealed,
                      bool was_public,
                      Instant now) {
  const auto contact = contact_of(write, feedback.id);
  const bool is_plain = contact && !contact->is_sealed();
  if (is_plain) {
    remove_contact(write, feedback.id);
    if (!sealed.empty()) insert_contact(write, feedback.id, {.plain = {}, .sealed = sealed});
  }
  if (is_plain || was_public) owe_scrub(write, feedback.id, was_public, now);
}

Act letter_act(Task task) {
  switch (task) {
    case Task::promise: return Act::promise;
    case Task::decline: return Act::decline;
    default: return Act::redirect;
  }
}

ledger::Event letter_event(Task task) {
  switch (task) {
    case Task::promise: return ledger::Event::promised;
    case Task::decline: return ledger::Event::declined;
    default: return ledger::Event::redirected;
  }
}

Result<Feedback> send_now(db::Write& write,
                          const OfficerAct& act,
                          const Letter& letter,
                          const std::string& sealed) {
  TRY(Feedback feedback, load_for(write, act, letter.task));
  if (needs_second(write, feedback.unit))
    return Error{ErrorKind::conflict, "feedback.error.needs_second"_t};
  return send_letter(write, act, std::move(feedback), letter, sealed);
}

}  // namespace

Result<Done> check_letter(const Feedback& feedback, const Letter& letter, Instant now) {
  TRY([[maybe_unused]] const State after,
      next_state(feedback, letter_act(letter.task), Party::office, now));
  FieldErrors errors;
  const bool says_where =
      !trimmed(letter.where_to).empty() && count_chars(letter.where_to) <= place_chars_max;
  if (letter.task == Task::redirect && !says_where)
    errors.add("body", "feedback.error.redirect_where"_t);
  check_text(letter.task, letter.text, errors);
  const Day today = local_day(now);
  if (letter.task == Task::promise &&
      (letter.day <= today || letter.day > today + promise_days_max))
    errors.add("day", "feedback.error.promise_day"_t);
  if (!errors.empty()) return errors.take();
  return Done{};
}

Result<Feedback> send_letter(db::Write& write,
                             const OfficerAct& act,
                             Feedback feedback,
                             const Letter& letter,
                             const std::string& sealed) {
  TRY([[maybe_unused]] const Done fine, check_letter(feedback, letter, act.now));
  TRY(feedback.state, next_state(feedback, letter_act(letter.task), Party::office, act.now));
  Recorded what = by_officer(act, letter_event(letter.task));
  what.text = letter.text;
  what.audience = audience_of(feedback);
  std::optional<petition::Sort> sort;
  const bool was_public = feedback.published_at.has_value();
  if (letter.task == Task::promise) {
    if (!feedback.answered_at) feedback.answered_at = kept_time(feedback, act.now);
    feedback.promised_on = letter.day;
    take_up(feedback, act.now);
    what.day = letter.day;
  } else if (letter.task == Task::redirect) {
    what.text += "\n\n" + letter.where_to;
  } else {
    what.reason = to_text(letter.reason);
    sort = petition::sort_of(what.reason);
  }
  if (sort) {
    what.audience = Audience::holder;
    hide_held(write, feedback, *sort);
  }
  TRY(feedback, record(write, std::move(feedback), what));
  remove_review(write, feedback.id);
  if (sort) put_away_contact(write, feedback, sealed, was_public, act.now);
  return feedback;
}

Result<Feedback> promise(db::Write& write,
                         const OfficerAct& act,
                         const std::string& text,
                         Day day) {
  return send_now(write, act, {.task = Task::promise, .text = text, .day = day}, {});
}

Result<Feedback> decline(db::Write& write,
                         const OfficerAct& act,
                         DeclineReason reason,
                         const std::string& text) {
  return decline(write, act, reason, text, "");
}

Result<Feedback> decline(db::Write& write,
                         const OfficerAct& act,
                         DeclineReason reason,
                         const std::string& text,
                         const std::string& sealed) {
  return send_now(write, act, {.task = Task::decline, .text = text, .reason = reason}, sealed);
}

Result<Feedback> redirect(db::Write& write,
                          const OfficerAct& act,
                          const std::string& body_and_address,
                          const std::string& text) {
  const Letter letter{.task = Task::redirect, .text = text, .where_to = body_and_address};
  return send_now(write, act, letter, {});
}

}  // namespace ln::feedback
