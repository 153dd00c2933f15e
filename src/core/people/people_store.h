// Rows ⇄ accounts, roles, sessions, failed sign-ins and the holders of sealing keys.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/people/people.h"
#include "core/people/people_seal.h"
#include "platform/db/db.h"

namespace ln::people {

// SHA-256 of a session's token or of a login: what the tables hold instead of the thing itself.
using Hash = std::array<std::uint8_t, 32>;
Hash hash_of(std::string_view text);

struct Account {
  AccountId id;
  std::string login;
  std::string name;
  std::string password_hash;
  std::string language;
  Instant created_at;
  std::optional<Instant> disabled_at;
};
std::optional<Account> find_account(db::Read& read, AccountId id);
std::optional<Account> find_account(db::Read& read, std::string_view login);
std::vector<Account> accounts(db::Read& read);  // by login
// A hash of some account, to be worked on for a login that does not exist, so that both take as
// long; null while there is no account at all.
std::optional<std::string> some_password_hash(db::Read& read);

AccountId insert(db::Write& write, const Account& account);  // its id is ignored
void set_password(db::Write& write, AccountId id, std::string_view password_hash);
void set_language(db::Write& write, AccountId id, std::string_view language);
void set_disabled(db::Write& write, AccountId id, std::optional<Instant> at);

// Roles in force.
std::vector<Grant> grants(db::Read& read, AccountId id);
// Everybody who holds `role` for exactly this unit and may sign in; by name.
std::vector<Account> holders_of(db::Read& read, Role role, units::UnitId unit);
void insert_role(db::Write& write, AccountId id, Role role, units::UnitId unit, Instant now);
// How many roles were in force and are no longer.
std::int64_t revoke_role(
    db::Write& write, AccountId id, Role role, units::UnitId unit, Instant now);

struct Session {
  Hash token_hash;
  AccountId account;
  Instant created_at;
  Instant seen_at;
  Instant expires_at;
};
std::optional<Session> find_session(db::Read& read, const Hash& token_hash);
void insert(db::Write& write, const Session& session);
void set_seen(db::Write& write, const Hash& token_hash, Instant seen_at);  // never backwards
void remove_session(db::Write& write, const Hash& token_hash);
// All of an account but one; all of them when `kept` is null.
void remove_sessions(db::Write& write, AccountId id, const Hash* kept);
void remove_ended_sessions(db::Write& write, Instant now);

// The only maker of Staff: who is signed in with this token.
class SignIn {
 public:
  // Null when there is no such session, it has ended, or the account is disabled. `seen_later` is
  // when memory last saw the token, which may be after what the row says.
  static std::optional<Staff> staff_of(db::Read& read,
                                       const Hash& token_hash,
                                       Instant now,
                                       std::optional<Instant> seen_later = std::nullopt);
};

struct Attempts {
  std::int64_t failed_count = 0;
  Instant failed_at{};
  std::optional<Instant> locked_until;
};
// Zero of them when none is remembered.
Attempts find_attempts(db::Read& read, const Hash& login_hash);
void save(db::Write& write, const Hash& login_hash, const Attempts& attempts);
void remove_attempts(db::Write& write, const Hash& login_hash);
void remove_attempts_before(db::Write& write, Instant at);

// One of the three who hold the keys to protected identities.
struct Holder {
  char slot;  // 'A', 'B' or 'C'
  std::string name;
  PublicKey public_key;
};
std::vector<Holder> holders(db::Read& read);  // in force, by slot
void retire_holder(db::Write& write, char slot, Instant now);
void insert(db::Write& write, const Holder& holder, Instant now);

}  // namespace ln::people
