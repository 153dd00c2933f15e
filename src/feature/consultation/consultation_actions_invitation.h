// Inviting bodies, and their replies. Whoever may edit the draft invites, while it is published and
// not decided. A body acts by the code and the secret of its letter alone, until the decision: a
// late reply is better than none, and everybody reads that it was late.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/attachment/attachment.h"
#include "core/ledger/ledger.h"
#include "feature/consultation/consultation_actions_answer.h"
#include "feature/consultation/consultation_invitation.h"
#include "platform/db/db.h"

namespace ln::consultation {

// What an invitation needs that is random; drawn while preparing.
struct InvitationDraws {
  Code code, spare_code;
  std::string secret;
  ledger::PublicKey public_key{};
  ledger::CaseKey case_key{};
  ledger::Salts salts{};
  std::array<std::uint8_t, 32> reply_seed{};  // what the salts of the replies' entries are made of
};
InvitationDraws draw_invitation(Random& random);

// Refuses what undecided() and check_invited() refuse; (conflict) over invitations_max, and a body
// of the same name that is invited already.
Result<Invitation> invite(db::Write& write,
                          const EditAct& act,
                          ConsultationId id,
                          const InvitedTyped& typed,
                          const InvitationDraws& draws);
// A new secret for a letter that was lost; the old one opens nothing any more, no reply that was
// sent with it either: each gets the new key, and a line that says so. What was replied stays, and
// its entry stays signed by the key it was sent with. act.revision is that of the invitation.
Result<Invitation> renew_invitation(db::Write& write,
                                    const EditAct& act,
                                    SourceId id,
                                    const InvitationDraws& draws);

// Takes an invitation back, with the reason that everybody reads and the body is told where its
// link led: no reply is taken any more, no lost letter replaced, and nothing waits for the body.
// What it replied stays. act.revision is that of the invitation. Refuses (conflict) one that was
// taken back already, (invalid) beside "reason".
Result<Invitation> withdraw_invitation(db::Write& write,
                                       const EditAct& act,
                                       SourceId id,
                                       const std::string& reason,
                                       const ledger::Salts& salts);

// Refuses (conflict), beside "files": with these a body would have sent more than files_size_max.
Result<Done> check_files(db::Read& read,
                         SourceId id,
                         const std::vector<attachment::Prepared>& files);

// The invitation, when the body holds its secret; not_found otherwise, whatever exists.
Result<Invitation> open_invitation(db::Read& read,
                                   const people::Citizen& citizen,
                                   const Code& code);
// A reply, checked, and with everything that must be random drawn.
struct PreparedReply {
  SourceId source{};
  Prepared prepared;
  ledger::Salts salts{};  // of the entry of the invitation
  std::vector<attachment::Prepared> files{};
};
// The office that drafts and the body itself read the files of a reply; nobody else does, because
// nothing in a document can be covered.
inline constexpr std::string_view reply_files_owner = "consultation_comment";
// Refuses (not_found) a clause that is not in the draft, (invalid) what was typed, (conflict) after
// the decision, for an invitation that was taken back, and over replies_max.
Result<PreparedReply> prepare_reply(db::Read& read,
                                    const people::Citizen& citizen,
                                    const Code& code,
                                    const Said& said,
                                    Random& random,
                                    Instant now);
// Refuses (conflict) over replies_max, another version, the decision; (not_found) a secret that was
// replaced meanwhile. A comment under the body's name, which the secret of the letter opens too;
// and an entry of the invitation, signed by the body.
Result<Sent> send_reply(db::Write& write,
                        const people::Citizen& citizen,
                        const PreparedReply& prepared,
                        Instant now);

}  // namespace ln::consultation
