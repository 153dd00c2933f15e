// Asking somebody outside, and what becomes of what they say (feedback_invitation.h).
//
// In the ledger it is an `assigned` entry whose `cat` is "invited": the sender is told whom the
// office asked; of a case about conduct only that somebody was asked.
#pragma once

#include <string>

#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_invitation.h"

namespace ln::feedback {

// Whether the officer may ask somebody outside about the case: who may ask its sender.
bool may_invite(const people::Officer& officer, const Feedback& feedback);
// Whether they may let the answer of who is complained about be read beside the office's: who may
// answer. Not before the case is answered.
bool may_release(const people::Officer& officer, const Feedback& feedback);

// The hash by which a link's token is known; null for what is none.
std::optional<merkle::Hash> link_hash(std::string_view token);

struct Invite {
  std::string addressee{}, text{};
  std::int64_t days = 0;
  std::string token{};  // drawn while preparing; stands in the link and is kept nowhere
};
// Refuses what check_invitation and load_for refuse, (conflict) a case about which nobody can be
// asked and one with open_invitations_max open links.
Result<Feedback> invite(db::Write& write, const OfficerAct& act, const Invite& invite);

// Refuses (conflict) what is answered, withdrawn or of another case.
Result<Feedback> take_back_invitation(db::Write& write, const OfficerAct& act, std::int64_t id);
// Refuses (forbidden) who may not, (conflict) what is not answered by who is complained about.
Result<Feedback> release_invited_reply(db::Write& write, const OfficerAct& act, std::int64_t id);

// What the one who holds the link says, once. Refuses (not_found) a link that is none or is over,
// and (invalid) beside "text".
Result<Done> answer_invitation(db::Write& write,
                               const merkle::Hash& link,
                               const std::string& text,
                               Instant now);

}  // namespace ln::feedback
