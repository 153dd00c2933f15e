#include "feature/feedback/feedback_actions_invitation.h"

#include <algorithm>

#include "base/text.h"
#include "feature/feedback/feedback_actions_record.h"
#include "feature/feedback/feedback_store_invitation.h"

namespace ln::feedback {
namespace {

Error not_now() { return {ErrorKind::conflict, "feedback.error.not_now"_t}; }

// The case and one of its invitations.
struct LoadedInvitation {
  Feedback feedback;
  Invitation invitation;
};
Result<LoadedInvitation> load_invitation(db::Read& read, const OfficerAct& act, std::int64_t id) {
  TRY(Feedback feedback, load_for(read, act, Task::ask));
  auto invitation = find_invitation(read, id);
  if (!invitation || invitation->feedback != feedback.id) return not_now();
  return LoadedInvitation{std::move(feedback), *std::move(invitation)};
}

// Its revision grows, so that a colleague's stale form is noticed.
Feedback touched(db::Write& write, Feedback feedback) {
  save(write, feedback);
  ++feedback.revision;
  return feedback;
}

}  // namespace

bool may_invite(const people::Officer& officer, const Feedback& feedback) {
  return may_act(officer, Task::ask, feedback) && invitable(feedback);
}

bool may_release(const people::Officer& officer, const Feedback& feedback) {
  return feedback.answered_at && may_act(officer, Task::answer, feedback);
}

std::optional<merkle::Hash> link_hash(std::string_view token) {
  if (token.size() != link_token_size) return std::nullopt;
  return merkle::sha256(as_bytes(token));
}

Result<Feedback> invite(db::Write& write, const OfficerAct& act, const Invite& invite) {
  TRY(Feedback feedback, load_for(write, act, Task::ask));
  const auto purpose = invitable(feedback);
  const auto link = link_hash(invite.token);
  if (!purpose || !link) return not_now();
  const Instant at = kept_time(feedback, act.now);
  const Invitation invitation{.feedback = feedback.id,
                              .purpose = *purpose,
                              .addressee = invite.addressee,
                              .text = invite.text,
                              .officer_id = act.officer.id().value,
                              .at = at,
                              .expires_at = act.now + std::chrono::days(invite.days)};
  FieldErrors errors;
  check_invitation(feedback, invitation, invite.days, errors);
  if (!errors.empty()) return errors.take();
  const auto all = invitations_of(write, feedback.id);
  const auto open =
      std::ranges::count_if(all, [&](const Invitation& each) { return each.is_open(act.now); });
  if (static_cast<std::size_t>(open) >= open_invitations_max)
    return Error{ErrorKind::conflict, "feedback.invitation.error.many"_t};
  TRY(feedback, record(write, std::move(feedback),
                       {.event = ledger::Event::assigned,
                        .at = act.now,
                        .salts = &act.salts,
                        .officer_id = act.officer.id().value,
                        .text = *purpose == InvitedAs::body ? invite.addressee : std::string(),
                        .reason = std::string(invited_word)}));
  insert_invitation(write, invitation, *link);
  return feedback;
}

Result<Feedback> take_back_invitation(db::Write& write, const OfficerAct& act, std::int64_t id) {
  TRY(LoadedInvitation loaded, load_invitation(write, act, id));
  if (loaded.invitation.answered_at || loaded.invitation.withdrawn_at) return not_now();
  withdraw_invitation(write, id, kept_time(loaded.feedback, act.now));
  return touched(write, std::move(loaded.feedback));
}

Result<Feedback> release_invited_reply(db::Write& write, const OfficerAct& act, std::int64_t id) {
  TRY(LoadedInvitation loaded, load_invitation(write, act, id));
  if (!may_release(act.officer, loaded.feedback))
    return Error{ErrorKind::forbidden, "feedback.error.not_your_part"_t};
  if (!loaded.invitation.answered_at || loaded.invitation.released_at ||
      loaded.invitation.purpose != InvitedAs::named)
    return not_now();
  release_reply(write, id, kept_time(loaded.feedback, act.now));
  return touched(write, std::move(loaded.feedback));
}

Result<Done> answer_invitation(db::Write& write,
                               const merkle::Hash& link,
                               const std::string& text,
                               Instant now) {
  const auto invitation = invitation_with(write, link);
  if (!invitation || !invitation->is_open(now))
    return Error{ErrorKind::not_found, "feedback.invitation.error.over"_t};
  const std::size_t chars = count_chars(text);
  if (chars < invited_answer_chars_min || chars > invited_answer_chars_max)
    return Error{ErrorKind::invalid,
                 "feedback.invitation.error.answer"_t,
                 {{"text", "feedback.invitation.error.answer"_t}}};
  auto feedback = find(write, invitation->feedback);
  if (!feedback || feedback->erased_at)
    return Error{ErrorKind::not_found, "feedback.invitation.error.over"_t};
  const Instant at = kept_time(*feedback, now);
  save_invited_answer(write, invitation->id, text, at);
  const Feedback saved = touched(write, *std::move(feedback));
  insert_event(write, {.feedback = saved.id,
                       .event = "noted",
                       .at = at,
                       .party = "office",
                       .unit = saved.unit,
                       .text = invitation->addressee + ": " + text,
                       .reason = std::string(invited_answer_word),
                       .audience = Audience::staff});
  return Done{};
}

}  // namespace ln::feedback
