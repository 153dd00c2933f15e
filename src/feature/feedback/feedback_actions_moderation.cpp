#include "feature/feedback/feedback_actions_moderation.h"

#include "core/attachment/attachment_store.h"
#include "feature/feedback/feedback_actions_record.h"
#include "feature/feedback/feedback_actions_tell.h"
#include "feature/feedback/feedback_store_moderation.h"

namespace ln::feedback {
namespace {

Error no_such_picture() { return {ErrorKind::not_found, "feedback.error.no_such_file"_t}; }

bool is_picture_of(const Feedback& feedback, const attachment::Attachment& file) {
  return file.kind == attachment::Kind::picture && !file.removed_at &&
         file.owner_id == feedback.id.value &&
         (file.owner_kind == "feedback" || file.owner_kind == "feedback_answer");
}

// The case whose text is public now, for somebody who may publish.
Result<Feedback> load_public(db::Read& read, const OfficerAct& act) {
  TRY(Feedback feedback, load_for(read, act, Task::publish));
  if (!is_open_to(act.officer, Task::publish, feedback, act.now) || !feedback.published_at)
    return Error{ErrorKind::conflict, "feedback.error.not_public_now"_t};
  return feedback;
}

Result<Feedback> note_moderation(db::Write& write,
                                 Feedback feedback,
                                 const OfficerAct& act,
                                 Moderation row) {
  row.feedback = feedback.id;
  row.at = act.now;
  row.unit = feedback.unit;
  const Recorded what{.event = ledger::Event::redacted,
                      .at = act.now,
                      .salts = &act.salts,
                      .officer_id = act.officer.id().value,
                      .reason = std::string(to_text(*row.reason)),
                      .audience = Audience::staff};
  TRY(Feedback recorded, record(write, std::move(feedback), what));
  insert_moderation(write, row);
  tell_of_hiding(write, recorded, row.change, act.now);
  return recorded;
}

}  // namespace

std::optional<attachment::Attachment> picture_of(db::Read& read,
                                                 const Feedback& feedback,
                                                 std::string_view token) {
  auto file = attachment::find(read, token);
  return file && is_picture_of(feedback, *file) ? std::move(file) : std::nullopt;
}

Result<Feedback> show_picture(db::Write& write, const OfficerAct& act, const ShowPicture& shown) {
  TRY(Feedback feedback, load_public(write, act));
  const auto original = attachment::find(write, shown.original);
  if (!original || !is_picture_of(feedback, *original)) return no_such_picture();
  Moderation row{.change = shown.boxes.empty() ? Change::shown : Change::hidden,
                 .reason = shown.reason,
                 .picture = shown.original,
                 .boxes = file::to_text(shown.boxes)};
  if (!shown.boxes.empty()) row.kinds = "box:" + std::to_string(shown.boxes.size());
  TRY(Feedback recorded, note_moderation(write, std::move(feedback), act, std::move(row)));
  static_cast<void>(attachment::show_instead(write, shown.original, shown.covered, act.now));
  return recorded;
}

Result<Feedback> withhold_picture(db::Write& write,
                                  const OfficerAct& act,
                                  attachment::AttachmentId original,
                                  HideReason reason) {
  TRY(Feedback feedback, load_public(write, act));
  const auto file = attachment::find(write, original);
  if (!file || !is_picture_of(feedback, *file)) return no_such_picture();
  TRY(Feedback recorded,
      note_moderation(write, std::move(feedback), act,
                      {.change = Change::withdrawn, .reason = reason, .picture = original}));
  static_cast<void>(attachment::show_nothing_for(write, original, act.now));
  return recorded;
}

Result<Feedback> withdraw(db::Write& write, const OfficerAct& act, HideReason reason) {
  TRY(Feedback feedback, load_for(write, act, Task::publish));
  if (!feedback.published_at) return Error{ErrorKind::conflict, "feedback.error.not_public_now"_t};
  feedback.published_at.reset();
  feedback.public_title.clear();
  feedback.public_body.clear();
  TRY(Feedback recorded, note_moderation(write, std::move(feedback), act,
                                         {.change = Change::withdrawn, .reason = reason}));
  for (const std::string_view owner : {"feedback", "feedback_answer"})
    for (const attachment::Attachment& file : attachment::list(write, {owner, recorded.id.value}))
      static_cast<void>(attachment::show_nothing_for(write, file.id, act.now));
  return recorded;
}

Result<Feedback> contest_hiding(db::Write& write, const CitizenAct& act) {
  TRY(Feedback feedback, open(write, act.citizen, act.code));
  if (feedback.erased_at) return Error{ErrorKind::conflict, "feedback.error.erased"_t};
  const std::vector<Moderation> before = moderations_of(write, feedback.id);
  if (before.empty() || before.back().change == Change::contested)
    return Error{ErrorKind::conflict, "feedback.error.hiding_contested"_t};
  TRY([[maybe_unused]] const Done fine, check_text(act.text, 10, reason_chars_max));
  const Recorded what{.event = ledger::Event::redacted,
                      .at = act.now,
                      .salts = &act.salts,
                      .party = Party::citizen,
                      .text = act.text,
                      .reason = std::string(to_text(Change::contested)),
                      .citizen = &act.citizen};
  Moderation row{.feedback = feedback.id,
                 .at = kept_time(feedback, act.now),
                 .unit = feedback.unit,
                 .change = Change::contested};
  TRY(Feedback recorded, record(write, std::move(feedback), what));
  insert_moderation(write, row);
  return recorded;
}

}  // namespace ln::feedback
