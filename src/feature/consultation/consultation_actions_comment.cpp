// What is said of a clause: sent, changed, withdrawn, supported, hidden and shown again.
#include "base/text.h"
#include "core/attachment/attachment_store.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_stop.h"
#include "core/people/people_code.h"
#include "core/units/units_store.h"
#include "engine/text/text_typed.h"
#include "feature/consultation/consultation_actions.h"
#include "feature/consultation/consultation_actions_contact.h"
#include "feature/consultation/consultation_store_answer.h"
#include "feature/consultation/consultation_store_archive.h"
#include "feature/consultation/consultation_store_invitation.h"
#include "feature/consultation/consultation_store_letter.h"
#include "feature/consultation/consultation_store_source.h"

namespace ln::consultation {
namespace {

ledger::Subject subject_of(const Comment& comment) {
  return {"consultation_comment", comment.id.value};
}

Result<Done> check_words(const Comment& comment) {
  FieldErrors errors;
  const std::size_t chars = count_chars(comment.body);
  if (chars < body_chars_min) errors.add("body", "consultation.error.body_short"_t);
  if (chars > body_chars_max) errors.add("body", "consultation.error.body_long"_t);
  if (count_chars(comment.wording) > wording_chars_max)
    errors.add("wording", "consultation.error.wording_long"_t);
  if (!errors.empty()) return errors.take();
  return Done{};
}

// That everybody may read, or the answer that there is none.
Result<Consultation> public_one(db::Read& read, ConsultationId id) {
  auto found = find(read, id);
  if (!found || found->stage == Stage::editing)
    return Error{ErrorKind::not_found, "consultation.error.none"_t};
  return *std::move(found);
}

Result<Done> still_open(const Consultation& c, Instant now) {
  if (c.takes_comments(now)) return Done{};
  return Error{ErrorKind::conflict, "consultation.error.closed"_t};
}

// The comment of a holder who may still change it.
Result<Comment> load_for_holder(db::Read& read, const CitizenAct& act) {
  TRY(Comment comment, open_comment(read, act.citizen, act.code));
  TRY(const Consultation c, public_one(read, comment.consultation));
  TRY([[maybe_unused]] const Done open, still_open(c, act.now));
  if (comment.state == Sight::withdrawn)
    return Error{ErrorKind::conflict, "consultation.error.withdrawn"_t};
  return comment;
}

// The ledger first: it may refuse, and a refusal comes before the first change.
Result<Comment> record(db::Write& write,
                       Comment comment,
                       const ledger::Entry& entry,
                       const ledger::Salts& salts) {
  TRY([[maybe_unused]] const ledger::Appended appended, ledger::append(write, entry, salts));
  if (!save(write, comment)) throw db::Failure("a comment changed under its holder");
  ++comment.revision;
  return comment;
}

Result<Comment> load_for_editor(db::Read& read, const EditAct& act, const Code& code) {
  auto comment = find_comment(read, code);
  const auto c = comment ? find(read, comment->consultation) : std::nullopt;
  if (!c || !may_edit(act.officer, c->unit_path))
    return Error{ErrorKind::not_found, "consultation.error.code_or_secret"_t};
  if (comment->revision != act.revision)
    return Error{ErrorKind::conflict, "consultation.error.changed"_t};
  if (comment->state == Sight::withdrawn)
    return Error{ErrorKind::conflict, "consultation.error.withdrawn"_t};
  return *std::move(comment);
}

ledger::Entry by_editor(const EditAct& act, const Comment& comment, std::string_view word) {
  return {.event = ledger::Event::redacted,
          .subject = subject_of(comment),
          .at = act.now,
          .party = ledger::Party::office,
          .actor_id = act.officer.id().value,
          .topic = word};
}

}  // namespace

Result<Prepared> prepare(
    db::Read& read, ConsultationId id, const Said& said, Random& random, Instant now) {
  TRY(const Consultation c, public_one(read, id));
  TRY([[maybe_unused]] const Done open, still_open(c, now));
  if (said.clause != whole_draft) {
    const auto version = find_version(read, id, c.version);
    const auto draft = version ? draft::parse(draft::split(version->text)) : std::nullopt;
    if (!draft || !draft->find(said.clause))
      return Error{ErrorKind::not_found,
                   "consultation.error.clause"_t,
                   {{"clause", "consultation.error.clause"_t}}};
  }
  Comment comment{.consultation = id,
                  .code = Code::draw(random),
                  .version = c.version,
                  .clause = said.clause,
                  .clause_now = said.clause,
                  .body = text::tidied(said.body),
                  .wording = text::tidied(said.wording),
                  .strength = said.strength,
                  .in_english = said.in_english,
                  .sent_at = now,
                  .changed_at = now};
  TRY([[maybe_unused]] const Done fine, check_words(comment));
  Prepared prepared{.comment = std::move(comment), .spare_code = Code::draw(random)};
  prepared.secret = people::draw_secret(random);
  prepared.public_key = people::Citizen(prepared.secret).key().public_key();
  prepared.comment.citizen_key = as_text(prepared.public_key);
  prepared.case_key = ledger::draw_case_key(random);
  prepared.salts = ledger::draw(random);
  if (const auto unit = units::find(read, c.unit)) prepared.unit_code = unit->code;
  return prepared;
}

Result<Sent> send(db::Write& write, const Prepared& prepared, Instant now) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  TRY(const Consultation c, public_one(write, prepared.comment.consultation));
  TRY([[maybe_unused]] const Done open, still_open(c, now));
  // A version that came out between the reading and the sending may have moved the clause: the
  // writer sends again, having seen it.
  if (c.version != prepared.comment.version)
    return Error{ErrorKind::conflict, "consultation.error.new_version"_t};
  Comment comment = prepared.comment;
  if (write.is_again()) comment.code = prepared.spare_code;
  comment.id = insert(write, comment);
  const std::string statement = statement_of(comment);
  const auto appended = ledger::append(write,
                                       {.event = ledger::Event::received,
                                        .subject = subject_of(comment),
                                        .at = now,
                                        .party = ledger::Party::citizen,
                                        .unit_id = c.unit.value,
                                        .unit = prepared.unit_code,
                                        .body = statement,
                                        .case_key = &prepared.case_key,
                                        .registers = prepared.public_key},
                                       prepared.salts);
  // A subject that did not exist a moment ago has no key that could refuse.
  if (!appended.ok()) throw db::Failure("the ledger refused a new comment");
  return Sent{std::move(comment), appended.value()};
}

Result<Comment> open_comment(db::Read& read, const people::Citizen& citizen, const Code& code) {
  auto found = find_comment(read, code);
  if (!found || found->citizen_key != citizen.public_key())
    return Error{ErrorKind::not_found, "consultation.error.code_or_secret"_t};
  return *std::move(found);
}

Result<Comment> change_comment(db::Write& write,
                               const CitizenAct& act,
                               const std::string& body,
                               const std::string& wording) {
  TRY(Comment comment, load_for_holder(write, act));
  comment.body = text::tidied(body);
  comment.wording = text::tidied(wording);
  comment.changed_at = act.now;
  TRY([[maybe_unused]] const Done fine, check_words(comment));
  const std::string statement = statement_of(comment);
  TRY(Comment changed, record(write, comment,
                              {.event = ledger::Event::replied,
                               .subject = subject_of(comment),
                               .at = act.now,
                               .party = ledger::Party::citizen,
                               .topic = "changed",
                               .body = statement,
                               .citizen = &act.citizen.key()},
                              act.salts));
  forget_own_words(write, changed.id);
  return changed;
}

Result<Comment> withdraw_comment(db::Write& write, const CitizenAct& act) {
  TRY(Comment comment, load_for_holder(write, act));
  comment.state = Sight::withdrawn;
  comment.reason.reset();
  comment.body.clear();
  comment.wording.clear();
  comment.changed_at = act.now;
  TRY(Comment withdrawn, record(write, comment,
                                {.event = ledger::Event::closed,
                                 .subject = subject_of(comment),
                                 .at = act.now,
                                 .party = ledger::Party::citizen,
                                 .topic = "withdrawn",
                                 .citizen = &act.citizen.key()},
                                act.salts));
  withdraw_objection(write, comment.id);
  drop_contact(write, comment.id);
  forget_author(write, comment.id);
  forget_own_words(write, comment.id);
  for (const attachment::Attachment& each :
       attachment::list(write, {"consultation_comment", comment.id.value}))
    if (!each.removed_at) attachment::remove(write, each.id, act.now);
  // A body that took its only reply back has not replied.
  if (comment.channel == Channel::invited) count_reply_again(write, SourceId{comment.source});
  return withdrawn;
}

Result<Comment> hide(db::Write& write,
                     const EditAct& act,
                     const Code& code,
                     HideReason reason,
                     const ledger::Salts& salts) {
  TRY(Comment comment, load_for_editor(write, act, code));
  if (comment.state == Sight::hidden)
    return Error{ErrorKind::conflict, "consultation.error.changed"_t};
  comment.state = Sight::hidden;
  comment.reason = reason;
  TRY(Comment hidden, record(write, comment, by_editor(act, comment, to_text(reason)), salts));
  // The archive of a decided consultation is made anew, without these words.
  drop_archive(write, comment.consultation);
  forget_own_words(write, comment.id);
  // Whom they came from goes with what told too much of somebody.
  if (reason == HideReason::privacy) forget_author(write, comment.id);
  return hidden;
}

Result<Comment> show(db::Write& write,
                     const EditAct& act,
                     const Code& code,
                     const ledger::Salts& salts) {
  TRY(Comment comment, load_for_editor(write, act, code));
  if (comment.state != Sight::hidden)
    return Error{ErrorKind::conflict, "consultation.error.changed"_t};
  comment.state = Sight::shown;
  comment.reason.reset();
  TRY(Comment shown, record(write, comment, by_editor(act, comment, "shown"), salts));
  forget_own_words(write, comment.id);  // The letter is read again, with these words.
  // The archive is made anew here too: it must not go on saying that the words are hidden.
  drop_archive(write, comment.consultation);
  return shown;
}

Result<Comment> support(db::Write& write, const Code& code, std::string_view mark, Instant now) {
  auto comment = find_comment(write, code);
  if (!comment || comment->state != Sight::shown)
    return Error{ErrorKind::not_found, "consultation.error.code_or_secret"_t};
  TRY(const Consultation c, public_one(write, comment->consultation));
  TRY([[maybe_unused]] const Done open, still_open(c, now));
  if (add_support(write, comment->id, ensure_participant(write, c.id, mark)))
    ++comment->support_count;
  return *std::move(comment);
}

}  // namespace ln::consultation
