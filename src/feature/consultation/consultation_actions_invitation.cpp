#include "feature/consultation/consultation_actions_invitation.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/attachment/attachment_store.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_stop.h"
#include "core/people/people_code.h"
#include "core/units/units_store.h"
#include "engine/merkle/merkle.h"
#include "engine/text/text.h"
#include "engine/text/text_typed.h"
#include "feature/consultation/consultation_store_invitation.h"
#include "feature/consultation/consultation_store_source.h"

namespace ln::consultation {
namespace {

ledger::Subject subject_of_invitation(SourceId id) { return {"consultation_invitation", id.value}; }

Error unknown_letter() { return {ErrorKind::not_found, "consultation.error.code_or_secret"_t}; }

std::string code_of_unit(db::Read& read, units::UnitId id) {
  const auto unit = units::find(read, id);
  return unit ? unit->code : std::string();
}

// The consultation of an invitation, as long as a reply is taken.
Result<Consultation> takes_replies(db::Read& read, const Invitation& invitation) {
  auto c = find(read, invitation.source.consultation);
  if (!c || c->stage == Stage::editing) return unknown_letter();
  if (find_decision(read, c->id)) return Error{ErrorKind::conflict, "consultation.error.decided"_t};
  if (invitation.withdrawn_at)
    return Error{ErrorKind::conflict, "consultation.error.invitation_withdrawn"_t};
  return *std::move(c);
}

// For each reply its own, from randomness that is kept nowhere.
ledger::Salts salts_of_reply(const InvitationDraws& draws, CommentId id) {
  const auto part = [&](const char* name) {
    const std::string info = std::string(name) + " " + std::to_string(id.value);
    return merkle::hkdf_sha256(draws.reply_seed, as_bytes(info));
  };
  ledger::Salts salts;
  const merkle::Hash first = part("commit 1"), second = part("commit 2"), body = part("body");
  std::ranges::copy(second, std::ranges::copy(first, salts.commit.begin()).out);
  std::ranges::copy(body, salts.body.begin());
  return salts;
}

// Every reply answers to the new secret alone.
void rekey_replies(db::Write& write,
                   const EditAct& act,
                   const Invitation& invitation,
                   const InvitationDraws& draws) {
  for (const Comment& each : comments_from(write, invitation.source.id, 0, replies_max)) {
    const auto appended = ledger::append(write,
                                         {.event = ledger::Event::rekeyed,
                                          .subject = {"consultation_comment", each.id.value},
                                          .at = act.now,
                                          .party = ledger::Party::office,
                                          .actor_id = act.officer.id().value,
                                          .registers = draws.public_key},
                                         salts_of_reply(draws, each.id));
    if (!appended.ok()) throw db::Failure("the ledger refused the new key of a reply");
  }
  set_key_of_replies(write, invitation.source.id, invitation.citizen_key);
}

bool has_all_replies(db::Read& read, SourceId id) {
  return std::ssize(comments_from(read, id, 0, replies_max)) >= replies_max;
}

std::int64_t size_of_files(db::Read& read, SourceId id) {
  std::int64_t size = 0;
  for (const Comment& each : comments_from(read, id, 0, replies_max))
    for (const attachment::Attachment& file :
         attachment::list(read, {reply_files_owner, each.id.value}))
      if (!file.removed_at) size += file.size;
  return size;
}

Result<Done> check_reply(const Comment& comment) {
  FieldErrors errors;
  const std::size_t chars = count_chars(comment.body);
  if (chars < body_chars_min) errors.add("body", "consultation.error.body_short"_t);
  if (chars > body_chars_max) errors.add("body", "consultation.error.body_long"_t);
  if (count_chars(comment.wording) > wording_chars_max)
    errors.add("wording", "consultation.error.wording_long"_t);
  if (!errors.empty()) return errors.take();
  return Done{};
}

}  // namespace

Result<Done> check_files(db::Read& read,
                         SourceId id,
                         const std::vector<attachment::Prepared>& files) {
  if (files.empty()) return Done{};
  std::int64_t size = size_of_files(read, id);
  for (const attachment::Prepared& each : files) size += std::ssize(each.bytes);
  const TextKey full = "consultation.error.files_full"_t;
  if (size > files_size_max) return Error{ErrorKind::conflict, full, {{"files", full}}};
  return Done{};
}

InvitationDraws draw_invitation(Random& random) {
  InvitationDraws draws{.code = Code::draw(random),
                        .spare_code = Code::draw(random),
                        .secret = people::draw_secret(random)};
  draws.public_key = people::Citizen(draws.secret).key().public_key();
  draws.case_key = ledger::draw_case_key(random);
  draws.salts = ledger::draw(random);
  draws.reply_seed = random.bytes<32>();
  return draws;
}

Result<Invitation> invite(db::Write& write,
                          const EditAct& act,
                          ConsultationId id,
                          const InvitedTyped& typed,
                          const InvitationDraws& draws) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  TRY(const Consultation c, undecided(write, act, id));
  TRY(const InvitedTyped tidy, check_invited(typed, local_day(act.now)));
  const auto others = invitations_of(write, id);
  if (std::ssize(others) >= invitations_max || source_count(write, id) >= sources_max)
    return Error{ErrorKind::conflict, "consultation.error.invitations"_t};
  const bool is_there = std::ranges::any_of(others, [&](const CountedInvitation& each) {
    return !each.invitation.withdrawn_at &&
           text::marked(each.invitation.source.name) == text::marked(tidy.name);
  });
  const TextKey again = "consultation.error.invited_again"_t;
  if (is_there) return Error{ErrorKind::conflict, again, {{"name", again}}};
  Invitation made{.source = {.consultation = id,
                             .kind = SourceKind::invited,
                             .name = tidy.name,
                             .received_on = local_day(act.now),
                             .added_by = act.officer.id().value,
                             .added_at = act.now},
                  .code = write.is_again() ? draws.spare_code : draws.code,
                  .citizen_key = std::string(as_text(draws.public_key)),
                  .due_on = *tidy.due_on,
                  .kind = tidy.kind};
  made.source.id = insert(write, made.source);
  insert(write, made);
  const std::string statement = invitation_statement(made), unit = code_of_unit(write, c.unit);
  const auto appended = ledger::append(write,
                                       {.event = ledger::Event::received,
                                        .subject = subject_of_invitation(made.source.id),
                                        .at = act.now,
                                        .party = ledger::Party::office,
                                        .actor_id = act.officer.id().value,
                                        .unit_id = c.unit.value,
                                        .unit = unit,
                                        .topic = "invited",
                                        .due = at_local(made.due_on + std::chrono::days(1)),
                                        .body = statement,
                                        .case_key = &draws.case_key,
                                        .registers = draws.public_key},
                                       draws.salts);
  if (!appended.ok()) throw db::Failure("the ledger refused a new invitation");
  return made;
}

Result<Invitation> renew_invitation(db::Write& write,
                                    const EditAct& act,
                                    SourceId id,
                                    const InvitationDraws& draws) {
  auto found = find_invitation(write, id);
  if (!found) return Error{ErrorKind::not_found, "consultation.error.none"_t};
  TRY([[maybe_unused]] const Consultation c, undecided(write, act, found->source.consultation));
  if (found->revision != act.revision)
    return Error{ErrorKind::conflict, "consultation.error.changed"_t};
  if (found->withdrawn_at)
    return Error{ErrorKind::conflict, "consultation.error.invitation_withdrawn"_t};
  TRY([[maybe_unused]] const ledger::Appended appended,
      ledger::append(write,
                     {.event = ledger::Event::rekeyed,
                      .subject = subject_of_invitation(id),
                      .at = act.now,
                      .party = ledger::Party::office,
                      .actor_id = act.officer.id().value,
                      .registers = draws.public_key},
                     draws.salts));
  found->citizen_key = std::string(as_text(draws.public_key));
  if (!save(write, *found)) throw db::Failure("an invitation changed under its editor");
  rekey_replies(write, act, *found, draws);
  ++found->revision;
  return *std::move(found);
}

Result<Invitation> withdraw_invitation(db::Write& write,
                                       const EditAct& act,
                                       SourceId id,
                                       const std::string& reason,
                                       const ledger::Salts& salts) {
  auto found = find_invitation(write, id);
  if (!found) return Error{ErrorKind::not_found, "consultation.error.none"_t};
  TRY([[maybe_unused]] const Consultation c, undecided(write, act, found->source.consultation));
  if (found->withdrawn_at)
    return Error{ErrorKind::conflict, "consultation.error.invitation_withdrawn"_t};
  if (found->revision != act.revision)
    return Error{ErrorKind::conflict, "consultation.error.changed"_t};
  TRY(found->withdrawn_reason, check_withdrawal(reason));
  TRY([[maybe_unused]] const ledger::Appended appended,
      ledger::append(write,
                     {.event = ledger::Event::closed,
                      .subject = subject_of_invitation(id),
                      .at = act.now,
                      .party = ledger::Party::office,
                      .actor_id = act.officer.id().value,
                      .topic = "withdrawn",
                      .body = found->withdrawn_reason},
                     salts));
  found->withdrawn_at = act.now;
  if (!save_withdrawal(write, *found, act.officer.id().value))
    throw db::Failure("an invitation changed under its editor");
  ++found->revision;
  return *std::move(found);
}

Result<Invitation> open_invitation(db::Read& read,
                                   const people::Citizen& citizen,
                                   const Code& code) {
  auto found = find_invitation(read, code);
  if (!found || found->citizen_key != citizen.public_key()) return unknown_letter();
  return *std::move(found);
}

Result<PreparedReply> prepare_reply(db::Read& read,
                                    const people::Citizen& citizen,
                                    const Code& code,
                                    const Said& said,
                                    Random& random,
                                    Instant now) {
  TRY(const Invitation invitation, open_invitation(read, citizen, code));
  TRY(const Consultation c, takes_replies(read, invitation));
  const auto version = find_version(read, c.id, c.version);
  const auto draft = version ? draft::parse(draft::split(version->text)) : std::nullopt;
  const TextKey no_clause = "consultation.error.clause"_t;
  if (said.clause != whole_draft && (!draft || !draft->find(said.clause)))
    return Error{ErrorKind::not_found, no_clause, {{"clause", no_clause}}};
  if (has_all_replies(read, invitation.source.id))
    return Error{ErrorKind::conflict, "consultation.error.replies"_t};
  Comment comment{.consultation = c.id,
                  .code = Code::draw(random),
                  .citizen_key = invitation.citizen_key,
                  .version = c.version,
                  .clause = said.clause,
                  .clause_now = said.clause,
                  .body = text::tidied(said.body),
                  .wording = text::tidied(said.wording),
                  .in_english = said.in_english,
                  .sent_at = now,
                  .changed_at = now,
                  .channel = Channel::invited,
                  .source = invitation.source.id.value,
                  .said_by = invitation.source.name};
  TRY([[maybe_unused]] const Done fine, check_reply(comment));
  PreparedReply reply{.source = invitation.source.id,
                      .prepared = {.comment = std::move(comment), .spare_code = Code::draw(random)},
                      .salts = ledger::draw(random)};
  reply.prepared.public_key = citizen.key().public_key();
  reply.prepared.case_key = ledger::draw_case_key(random);
  reply.prepared.salts = ledger::draw(random);
  reply.prepared.unit_code = code_of_unit(read, c.unit);
  return reply;
}

Result<Sent> send_reply(db::Write& write,
                        const people::Citizen& citizen,
                        const PreparedReply& reply,
                        Instant now) {
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  auto invitation = find_invitation(write, reply.source);
  if (!invitation || invitation->citizen_key != citizen.public_key()) return unknown_letter();
  TRY(const Consultation c, takes_replies(write, *invitation));
  if (c.version != reply.prepared.comment.version)
    return Error{ErrorKind::conflict, "consultation.error.new_version"_t};
  // Others may have come in since it was prepared.
  if (has_all_replies(write, reply.source))
    return Error{ErrorKind::conflict, "consultation.error.replies"_t};
  TRY([[maybe_unused]] const Done fits, check_files(write, reply.source, reply.files));
  Comment comment = reply.prepared.comment;
  const std::string statement = statement_of(comment);
  std::vector<ledger::Hash> files;
  for (const attachment::Prepared& each : reply.files) files.push_back(each.hash);
  // Signed by the body, in the chain of its invitation; it may refuse, so it comes first.
  TRY([[maybe_unused]] const ledger::Appended signed_reply,
      ledger::append(write,
                     {.event = ledger::Event::replied,
                      .subject = subject_of_invitation(reply.source),
                      .at = now,
                      .party = ledger::Party::citizen,
                      .topic = "reply",
                      .body = statement,
                      .files = files,
                      .citizen = &citizen.key()},
                     reply.salts));
  if (write.is_again()) comment.code = reply.prepared.spare_code;
  comment.id = insert(write, comment);
  for (const attachment::Prepared& each : reply.files)
    attachment::store(write, {reply_files_owner, comment.id.value}, each, now);
  const auto appended = ledger::append(write,
                                       {.event = ledger::Event::received,
                                        .subject = {"consultation_comment", comment.id.value},
                                        .at = now,
                                        .party = ledger::Party::citizen,
                                        .unit_id = c.unit.value,
                                        .unit = reply.prepared.unit_code,
                                        .topic = to_text(Channel::invited),
                                        .body = statement,
                                        .files = files,
                                        .case_key = &reply.prepared.case_key,
                                        .registers = reply.prepared.public_key},
                                       reply.prepared.salts);
  if (!appended.ok()) throw db::Failure("the ledger refused a new reply");
  if (!invitation->replied_at) {
    invitation->replied_at = now;
    if (!save(write, *invitation)) throw db::Failure("an invitation changed under its body");
  }
  return Sent{std::move(comment), appended.value()};
}

}  // namespace ln::consultation
