// Letters to whoever wrote a comment: when their point is answered, and at the end.
//
// A contact counts once the link that went there was opened; it is asked for on the page of one's
// own comment, never before sending, and is gone with the last letter, with the comment, or when
// its owner takes it back.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "feature/consultation/consultation_actions.h"
#include "feature/consultation/consultation_store_contact.h"
#include "platform/db/db.h"

namespace ln::consultation {

inline constexpr std::chrono::hours link_lasts{24};
inline constexpr std::int64_t links_a_day = 3;

// Keeps an e-mail address or mobile number for the holder of the secret, and sends a link there;
// `token` is 32 hexadecimal letters, drawn before. Refuses (invalid) what is neither, (conflict)
// after the decision or for a withdrawn comment, (too_many) the fourth link of a day.
Result<Done> leave_contact(db::Write& write,
                           const CitizenAct& act,
                           const std::string& typed,
                           std::string_view token);
// For whoever was sent the link. An e-mail address that answers makes the comment's sender more
// sure (Strength::email). Refuses (not_found) a link that is over, used, or of another comment.
Result<Comment> confirm_contact(db::Write& write,
                                const Code& code,
                                std::string_view token,
                                Instant now);
// Forgets the contact of the holder, and what waits to be sent to it.
Result<Done> forget_contact(db::Write& write, const CitizenAct& act);

// A contact with everything that waits to be sent to it.
void drop_contact(db::Write& write, CommentId id);

// Queues letters to those whose point was answered since they were told, and the last one to those
// of a decided consultation, whose contact is forgotten with it. Gives how many.
std::int64_t tell_contacts(db::Database& database, Instant now);
// Forgets addresses whose link was not pressed in its time. Gives how many.
std::int64_t forget_unconfirmed(db::Database& database, Instant now);

}  // namespace ln::consultation
