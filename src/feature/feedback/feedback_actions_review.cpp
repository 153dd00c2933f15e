#include "feature/feedback/feedback_actions_review.h"

#include <algorithm>

#include "base/check.h"
#include "core/attachment/attachment_store.h"
#include "feature/feedback/feedback_actions_record.h"

namespace ln::feedback {
namespace {

attachment::Owner waiting_files(const Feedback& feedback) {
  return {"feedback_review", feedback.id.value};
}

// Tells the office in the timeline; not in the ledger, for nothing was done to the case yet.
Result<Feedback> tell_office(db::Write& write,
                             const OfficerAct& act,
                             Feedback feedback,
                             std::string_view word,
                             const std::string& text) {
  save(write, feedback);  // Its revision grows, so that a colleague's stale form is noticed.
  ++feedback.revision;
  insert_event(write, {.feedback = feedback.id,
                       .event = "noted",
                       .at = kept_time(feedback, act.now),
                       .party = "office",
                       .officer_id = act.officer.id().value,
                       .unit = feedback.unit,
                       .text = text,
                       .reason = std::string(word),
                       .audience = Audience::staff});
  return feedback;
}

struct LoadedReview {
  Feedback feedback;
  Review review;
};

// The case and what waits, when this officer may read it.
Result<LoadedReview> load_review(db::Read& read, const OfficerAct& act) {
  TRY(Feedback feedback, load_for(read, act, Task::note));
  auto review = current_review(read, feedback);
  if (!review || review->is_returned)
    return Error{ErrorKind::conflict, "feedback.error.no_review"_t};
  if (review->author_id == act.officer.id().value)
    return Error{ErrorKind::forbidden, "feedback.error.own_review"_t};
  if (!may_review(act.officer, feedback, *review))
    return Error{ErrorKind::forbidden, "feedback.error.not_your_part"_t};
  return LoadedReview{std::move(feedback), *std::move(review)};
}

}  // namespace

std::optional<Review> current_review(db::Read& read, const Feedback& feedback) {
  auto review = review_of(read, feedback.id);
  return review && review->unit == feedback.unit ? review : std::nullopt;
}

bool may_review(const people::Officer& officer, const Feedback& feedback, const Review& review) {
  return review.author_id != officer.id().value &&
         (officer.may(people::Role::handler, feedback.unit_path) ||
          officer.may(people::Role::head, feedback.unit_path));
}

Result<Feedback> put_forward(db::Write& write, const OfficerAct& act, const Answer& given) {
  TRY(Feedback feedback, load_for(write, act, Task::answer));
  if (!needs_second(write, feedback.unit)) return answer(write, act, given);
  TRY([[maybe_unused]] const State after,
      next_state(feedback, Act::answer, Party::office, act.now));
  const bool has_files = !attachment::list(write, waiting_files(feedback)).empty();
  TRY([[maybe_unused]] const Done fine,
      check_answer(feedback, given, has_files ? Evidence::may_follow : Evidence::is_all_here));
  save_review(write, {.feedback = feedback.id,
                      .unit = feedback.unit,
                      .author_id = act.officer.id().value,
                      .text = given.text,
                      .outcome = *given.outcome,
                      .evidence = given.evidence,
                      .at = kept_time(feedback, act.now)});
  // New files come in place of those sent before; without any, those stay.
  if (!given.files.empty()) attachment::erase(write, waiting_files(feedback));
  for (const attachment::Prepared& file : given.files)
    attachment::store(write, waiting_files(feedback), file, kept_time(feedback, act.now));
  return tell_office(write, act, std::move(feedback), review_asked_word, "");
}

Result<Feedback> put_forward(db::Write& write,
                             const OfficerAct& act,
                             const Letter& letter,
                             const std::string& sealed) {
  TRY(Feedback feedback, load_for(write, act, letter.task));
  if (!needs_second(write, feedback.unit))
    return send_letter(write, act, std::move(feedback), letter, sealed);
  TRY([[maybe_unused]] const Done fine, check_letter(feedback, letter, act.now));
  save_review(write, {.feedback = feedback.id,
                      .task = letter.task,
                      .unit = feedback.unit,
                      .author_id = act.officer.id().value,
                      .text = letter.text,
                      .letter = letter,
                      .at = kept_time(feedback, act.now)});
  attachment::erase(write, waiting_files(feedback));  // of an answer that waited before
  return tell_office(write, act, std::move(feedback), review_asked_word, "");
}

Result<Feedback> approve_review(db::Write& write,
                                const OfficerAct& act,
                                const std::string& sealed) {
  TRY(LoadedReview loaded, load_review(write, act));
  if (loaded.review.task != Task::answer)
    return send_letter(write, act, std::move(loaded.feedback), loaded.review.letter, sealed);
  const auto files = attachment::list(write, waiting_files(loaded.feedback));
  Answer given{loaded.review.text, loaded.review.outcome, loaded.review.evidence, {}};
  std::vector<ledger::Hash> hashes;
  for (const attachment::Attachment& file : files) {
    CHECK(file.hash.size() == hashes.emplace_back().size());
    std::ranges::transform(file.hash, hashes.back().begin(),
                           [](char each) { return static_cast<std::uint8_t>(each); });
  }
  TRY(Feedback feedback, send_answer(write, act, std::move(loaded.feedback), given, hashes));
  attachment::hand_over(write, waiting_files(feedback), {"feedback_answer", feedback.id.value});
  return feedback;
}

Result<Feedback> return_review(db::Write& write, const OfficerAct& act, const std::string& note) {
  TRY(LoadedReview loaded, load_review(write, act));
  FieldErrors errors;
  check_text(Task::note, note, errors);
  if (!errors.empty()) return errors.take();
  loaded.review.is_returned = true;
  loaded.review.reader_id = act.officer.id().value;
  loaded.review.note = note;
  save_review(write, loaded.review);
  return tell_office(write, act, std::move(loaded.feedback), review_returned_word, note);
}

}  // namespace ln::feedback
