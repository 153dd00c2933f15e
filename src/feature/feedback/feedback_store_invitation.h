// Rows of the invitations.
#pragma once

#include <optional>
#include <vector>

#include "feature/feedback/feedback_invitation.h"
#include "platform/db/db.h"

namespace ln::feedback {

// Gives its number.
std::int64_t insert_invitation(db::Write& write,
                               const Invitation& invitation,
                               const merkle::Hash& link);
std::optional<Invitation> invitation_with(db::Read& read, const merkle::Hash& link);
std::optional<Invitation> find_invitation(db::Read& read, std::int64_t id);
// Of a case, oldest first.
std::vector<Invitation> invitations_of(db::Read& read, FeedbackId id);
// The answers of who is complained about that were released, oldest first.
std::vector<Invitation> released_replies(db::Read& read, FeedbackId id);

void save_invited_answer(db::Write& write, std::int64_t id, std::string_view answer, Instant at);
void withdraw_invitation(db::Write& write, std::int64_t id, Instant at);
void release_reply(db::Write& write, std::int64_t id, Instant at);
// The case is erased: nothing of what was written stays, and no link leads anywhere.
void empty_invitations(db::Write& write, FeedbackId id, Instant at);

}  // namespace ln::feedback
