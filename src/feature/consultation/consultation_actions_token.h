// What happens with the tokens of a draft: permission, rule, rows and ledger in one transaction.
//
// Giving a token and spending one leave no line of their own in the ledger: lines have an order and
// a time, and the order in which people asked is what must not be kept. The key stands there when
// the draft is opened, each printing of slips, and how many were spent when it closes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/people/people.h"
#include "feature/consultation/consultation_actions.h"
#include "feature/consultation/consultation_store_token.h"

namespace ln::consultation {

// A unit with people enough that nobody among them is found.
struct Audience {
  units::Unit unit{};
  std::int64_t people = 0;
};
// Whom a draft may be for that is not open yet: the unit that drafts and those above it, the
// nearest first, with token_floor people or more. None when its kind is not that of the house's
// own rules.
std::vector<Audience> audiences_of(db::Read& read, const Consultation& c);

// Opens a draft for those who work in `staff.audience` and below it, as open() does, and says the
// hash of its key in a line in clear ("key"). Refuses (invalid) beside "audience" a unit that is
// neither the one that drafts nor above it, and one with fewer people than token_floor.
Result<Consultation> open_for_staff(db::Write& write,
                                    const EditAct& act,
                                    ConsultationId id,
                                    Day closes_on,
                                    const StaffDraft& staff);

// Whether somebody belongs to those a draft is for.
bool is_in_audience(const people::Staff& staff, const TokenKey& key);

// A token for one who is signed in. `blinded` is what their browser sent (RFC 9474, Blind). The
// same sent again, because the answer was lost, is signed again: one token comes of it.
struct IssueAct {
  people::Staff staff;
  ConsultationId id{};
  std::string blinded{};
  Instant now{};
};
// The signature of it, which nobody is told before issue() has committed. Refuses (not_found) a
// draft without tokens, (forbidden) who is not of the audience, (conflict) whoever was given
// another, a draft that is closed and one whose tokens are all given, (invalid) what is no blinded
// message.
Result<std::string> prepare_issue(db::Read& read, const IssueAct& act);
// Keeps that they were given one, and nothing of what was signed.
Result<Done> issue(db::Write& write, const IssueAct& act);

// Slips with the letters `secrets`, which are kept nowhere. Refuses (not_found) who does not edit
// the draft, and (invalid) beside "count" what is no multiple of token_floor (who prints a single
// slip knows whose it is), more than slips_max, and more than are left (slips_left).
struct SlipsAct {
  people::Officer officer;
  ConsultationId id{};
  std::vector<std::string> secrets{};
  Instant now{};
};
Result<Done> print_slips(db::Write& write, const SlipsAct& act);
// In whole printings: never more than slips_most, nor, with the tokens given, than people.
std::int64_t slips_left(db::Read& read, const TokenKey& key);
// Whether a token could be given to somebody who has none.
bool has_tokens_left(db::Read& read, const TokenKey& key);

// What somebody typed, when it can be spent on this draft. Refuses (conflict) a draft that is
// closed; and beside "token": (invalid) what is none or is forged, and (conflict) one of another
// draft.
Result<Brought> prepare_spending(db::Read& read,
                                 ConsultationId id,
                                 std::string_view typed,
                                 Instant now);
// Makes the browser of `mark` one that takes part by token. Refuses (conflict), in this order: a
// draft that is closed, a browser that takes part by one already, a token before token_floor of its
// kind were given (who took one can be read by name, and one of few is found), and one that was
// spent. What was spent is asked last: no answer tells it without spending something.
Result<Done> spend(db::Write& write,
                   ConsultationId id,
                   const Brought& brought,
                   std::string_view mark,
                   Instant now);

// In the transaction that closes `c`: says how many tokens were spent ("tokens"), destroys the
// private key, and forgets who was given one. Nothing when it has none.
Result<Done> close_tokens(db::Write& write, const Consultation& c, Instant now);
// Takes destroyed keys and deleted rows out of the files, too; whether there were any. On
// PostgreSQL for the night: it holds the tables.
bool scrub_token_keys(db::Database& database);

}  // namespace ln::consultation
