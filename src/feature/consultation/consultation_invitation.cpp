#include "feature/consultation/consultation_invitation.h"

#include <algorithm>

#include "base/text.h"
#include "engine/text/text_typed.h"

namespace ln::consultation {
namespace {

Day day_of_reply(const Invitation& invitation, Day today) {
  return invitation.replied_at ? local_day(*invitation.replied_at) : today;
}

}  // namespace

std::string_view to_text(InvitedFor kind) {
  return kind == InvitedFor::view ? "view" : "social_criticism";
}

TextKey key_of(InvitedFor kind) {
  return kind == InvitedFor::view ? "consultation.invited.view"_t
                                  : "consultation.invited.social_criticism"_t;
}

Punctuality punctuality_of(const Invitation& invitation, Day today) {
  if (invitation.withdrawn_at) return Punctuality::withdrawn;
  const bool is_late = day_of_reply(invitation, today) > invitation.due_on;
  if (!invitation.replied_at) return is_late ? Punctuality::overdue : Punctuality::waits;
  return is_late ? Punctuality::late : Punctuality::in_time;
}

int days_late(const Invitation& invitation, Day today) {
  if (invitation.withdrawn_at) return 0;
  const auto days = (day_of_reply(invitation, today) - invitation.due_on).count();
  return static_cast<int>(std::max<decltype(days)>(days, 0));
}

Result<InvitedTyped> check_invited(const InvitedTyped& typed, Day today) {
  InvitedTyped tidy{.name = text::tidied(typed.name), .due_on = typed.due_on, .kind = typed.kind};
  FieldErrors errors;
  const std::size_t chars = count_chars(tidy.name);
  if (chars < source_name_chars_min || chars > source_name_chars_max)
    errors.add("name", "consultation.error.source_name"_t);
  if (!tidy.due_on || *tidy.due_on < today + std::chrono::days(invited_days_min) ||
      *tidy.due_on > today + std::chrono::days(invited_days_max))
    errors.add("due_on", "consultation.error.due_on"_t);
  if (!errors.empty()) return errors.take();
  return tidy;
}

Result<std::string> check_withdrawal(const std::string& reason) {
  std::string words = text::tidied(reason);
  const std::size_t chars = count_chars(words);
  const TextKey wrong = "consultation.error.withdrawal"_t;
  if (chars < withdrawal_chars_min || chars > withdrawal_chars_max)
    return Error{ErrorKind::invalid, wrong, {{"reason", wrong}}};
  return words;
}

std::string invitation_statement(const Invitation& invitation) {
  return std::to_string(invitation.source.consultation.value) + " " +
         std::to_string(invitation.source.id.value) + " " + to_iso(invitation.due_on) +
         (invitation.kind == InvitedFor::view ? "" : " " + std::string(to_text(invitation.kind))) +
         "\n" + invitation.source.name;
}

}  // namespace ln::consultation
