// A new secret for whoever lost theirs (decision 30).
//
// A contact counts only once the holder of the secret has confirmed it: a link went there, and who
// brought the link held the secret too. So a mistyped address gives nothing away. A link lasts half
// an hour, works once, and is known here by its hash; three a day go out for one case. Nothing of
// it exists for protected cases, nor for those that are held.
#pragma once

#include <string>
#include <string_view>

#include "core/ledger/ledger.h"
#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_store_recovery.h"

namespace ln::feedback {

inline constexpr std::chrono::minutes contact_link_lasts{30};
inline constexpr std::int64_t contact_links_a_day = 3;

// Whether the contact of this case can be confirmed: it stands in plain words, and can be written
// to.
bool can_be_confirmed(db::Read& read, const Feedback& feedback);

// Sends the link by which the holder confirms the contact; `token` is drawn before. Refuses
// (not_found) a wrong secret, (conflict) what cannot be confirmed and (too_many) the fourth of a
// day.
Result<Done> ask_to_confirm(db::Write& write, const CitizenAct& act, std::string_view token);
// Refuses (not_found) a wrong secret, and a link that is over, used, or of another case.
Result<Done> confirm_contact(db::Write& write, const CitizenAct& act, std::string_view token);

// Sends a link to the contact of the case with this code, when it was confirmed and `contact` names
// the same address. Does nothing otherwise, and answers the same: nobody learns whether a code, or
// a contact, is known.
void ask_to_recover(db::Write& write,
                    std::string_view code,
                    std::string_view contact,
                    std::string_view token,
                    Instant now);

// The case that a link to recover leads to. Refuses (not_found) any link that is over.
Result<Feedback> recoverable(db::Read& read, std::string_view token, Instant now);
// From now on the case accepts the acts of `fresh` alone: an entry `rekeyed` of the ledger, an
// event on the page of the case, and a letter to the contact. Refuses what recoverable() refuses.
Result<Feedback> recover(db::Write& write,
                         std::string_view token,
                         const ledger::PublicKey& fresh,
                         const ledger::Salts& salts,
                         Instant now);

}  // namespace ln::feedback
