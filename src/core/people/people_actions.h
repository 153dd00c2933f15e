// What is done with accounts: signing in and out, and what an administrator does at the console.
//
// Accounts are made where the database lies (`langnghe user`), by whoever may open it anyway, so
// the actions of an administrator ask for no person. What somebody does to their own account takes
// their Staff.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"
#include "core/people/people.h"
#include "core/people/people_store.h"
#include "platform/db/db.h"

namespace ln::people {

// Signing in is prepared outside the batch, because checking a password is slow, and finished in
// it.
struct SignInCheck {
  Hash login_hash;
  AccountId account;          // 0 when the login is nobody's
  std::string password_hash;  // what the password was checked against
  bool is_right = false;      // the password
  std::string token;          // what the cookie will hold, if all is well
};
// Takes as long for a login that does not exist as for one that does. Draws the token.
SignInCheck check_sign_in(
    db::Read& read, std::string_view login, std::string_view password, Random& random, Instant now);

struct SignInOutcome {
  enum class Kind : std::uint8_t { signed_in, wrong, locked };
  Kind kind;
  std::optional<Instant> locked_until;  // when locked
  std::string language;                 // of the account, when signed in
  bool is_head = false;                 // of some unit, when signed in
};
// Counts a failure, or opens a session. While a login is locked nothing is counted and nobody gets
// in, the right password included: the failures of a burst count before the success among them.
// Never refuses: a failure is an outcome with a row of its own.
Result<SignInOutcome> finish_sign_in(db::Write& write, const SignInCheck& check, Instant now);

// A session for an account, without its password: for finish_sign_in, tests and sample cities.
// Refuses (not_found) an account that does not exist or is disabled.
Result<Done> open_session(db::Write& write, AccountId id, std::string_view token, Instant now);
// Signing out twice is fine.
Result<Done> sign_out(db::Write& write, std::string_view token);

// Changes one's own password. `checked_hash` is what the present password was checked against;
// refuses (conflict) when the account has another one by now. Every other session ends.
Result<Done> change_password(db::Write& write,
                             const Staff& staff,
                             std::string_view checked_hash,
                             std::string_view new_hash,
                             std::string_view token);
// Refuses (invalid) what is neither "vi" nor "en".
Result<Done> choose_language(db::Write& write, const Staff& staff, std::string_view language);

// At the console.

// Whether `name` may be somebody's: 1 to 100 characters without spaces at its ends.
bool is_name(std::string_view name);

struct NewAccount {
  std::string_view login;
  std::string_view name;
  std::string_view password_hash;
  std::string_view language = "vi";
};
// Refuses a bad login, name or language (invalid) and a login in use (conflict).
Result<AccountId> add_account(db::Write& write, const NewAccount& account, Instant now);
// Sets a password, ends all sessions and forgets failed sign-ins.
Result<Done> reset_password(db::Write& write,
                            std::string_view login,
                            std::string_view password_hash);
// Nobody signs in with it any more, and its sessions end; or the opposite.
Result<Done> disable_account(db::Write& write, std::string_view login, Instant now);
Result<Done> enable_account(db::Write& write, std::string_view login);
// Granting what is held and revoking what is not held is fine.
Result<Done> grant(db::Write& write, AccountId id, Role role, units::UnitId unit, Instant now);
Result<Done> revoke(db::Write& write, AccountId id, Role role, units::UnitId unit, Instant now);

// Puts a holder of a sealing key in place of the one before. Refuses (invalid) another slot than A,
// B or C, an empty name, and (conflict) a key that is in another slot.
Result<Done> install_holder(db::Write& write, const Holder& holder, Instant now);
// The three public keys to seal with, in the order of the slots; refuses (unavailable) while fewer
// than three are installed.
Result<std::array<PublicKey, 3>> sealing_keys(db::Read& read);

}  // namespace ln::people
