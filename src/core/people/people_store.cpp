#include "core/people/people_store.h"

#include <openssl/sha.h>

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "core/people/people_store_row.h"

namespace ln::people {
namespace {

template <std::size_t size>
std::array<std::uint8_t, size> bytes_of(const db::Row& row, int column) {
  const auto bytes = as_bytes(row.view(column));
  if (bytes.size() != size)
    throw db::Failure("a key or hash has the wrong size", db::Failure::Kind::corrupt);
  std::array<std::uint8_t, size> out{};
  std::ranges::copy(bytes, out.begin());
  return out;
}

db::Blob blob(const Hash& hash) { return {hash}; }

}  // namespace

Hash hash_of(std::string_view text) {
  Hash hash{};
  SHA256(as_bytes(text).data(), text.size(), hash.data());
  return hash;
}

std::optional<Account> find_account(db::Read& read, AccountId id) {
  return read.one("SELECT " ACCOUNT_COLUMNS " FROM people_account a WHERE a.id = $1",
                  account_from_row, id);
}

std::optional<Account> find_account(db::Read& read, std::string_view login) {
  return read.one("SELECT " ACCOUNT_COLUMNS " FROM people_account a WHERE a.login = $1",
                  account_from_row, login);
}

std::vector<Account> accounts(db::Read& read) {
  return read.all("SELECT " ACCOUNT_COLUMNS " FROM people_account a ORDER BY a.login",
                  account_from_row);
}

std::optional<std::string> some_password_hash(db::Read& read) {
  return read.one("SELECT password_hash FROM people_account ORDER BY id DESC LIMIT 1",
                  [](const db::Row& row) { return row.text(0); });
}

AccountId insert(db::Write& write, const Account& account) {
  const auto id = write.returning(
      "INSERT INTO people_account (login, name, password_hash, language, created_at, disabled_at) "
      "VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
      [](const db::Row& row) { return row.id<AccountId>(0); }, account.login, account.name,
      account.password_hash, account.language, account.created_at, account.disabled_at);
  CHECK(id.has_value());
  return *id;
}

void set_password(db::Write& write, AccountId id, std::string_view password_hash) {
  write.run("UPDATE people_account SET password_hash = $1 WHERE id = $2", password_hash, id);
  // A link that was made for another password is good for nothing any more.
  write.run("DELETE FROM people_link WHERE account_id = $1", id);
}

void set_language(db::Write& write, AccountId id, std::string_view language) {
  write.run("UPDATE people_account SET language = $1 WHERE id = $2", language, id);
}

void set_disabled(db::Write& write, AccountId id, std::optional<Instant> at) {
  write.run("UPDATE people_account SET disabled_at = $1 WHERE id = $2", at, id);
}

std::vector<Grant> grants(db::Read& read, AccountId id) {
  return read.all(
      "SELECT r.role, r.unit_id, u.path FROM people_role r JOIN unit u ON u.id = r.unit_id "
      "WHERE r.account_id = $1 AND r.revoked_at IS NULL ORDER BY r.id",
      [](const db::Row& row) {
        const auto role = role_of(row.view(0));
        if (!role)
          throw db::Failure("people_role.role has an unknown word", db::Failure::Kind::corrupt);
        return Grant{*role, row.id<units::UnitId>(1), row.text(2)};
      },
      id);
}

std::vector<Account> holders_of(db::Read& read, Role role, units::UnitId unit) {
  return read.all("SELECT " ACCOUNT_COLUMNS
                  " FROM people_role r JOIN people_account a ON a.id = r.account_id "
                  "WHERE r.role = $1 AND r.unit_id = $2 AND r.revoked_at IS NULL "
                  "AND a.disabled_at IS NULL ORDER BY a.name, a.id",
                  account_from_row, to_text(role), unit);
}

void insert_role(db::Write& write, AccountId id, Role role, units::UnitId unit, Instant now) {
  write.run(
      "INSERT INTO people_role (account_id, role, unit_id, granted_at) VALUES ($1, $2, $3, $4)", id,
      to_text(role), unit, now);
}

std::int64_t revoke_role(
    db::Write& write, AccountId id, Role role, units::UnitId unit, Instant now) {
  return write.run(
      "UPDATE people_role SET revoked_at = $1 WHERE account_id = $2 AND role = $3 AND unit_id = $4 "
      "AND revoked_at IS NULL",
      now, id, to_text(role), unit);
}

std::optional<Session> find_session(db::Read& read, const Hash& token_hash) {
  return read.one(
      "SELECT token_hash, account_id, created_at, seen_at, expires_at FROM people_session "
      "WHERE token_hash = $1",
      [](const db::Row& row) {
        return Session{bytes_of<32>(row, 0), row.id<AccountId>(1), row.instant(2), row.instant(3),
                       row.instant(4)};
      },
      blob(token_hash));
}

void insert(db::Write& write, const Session& session) {
  write.run(
      "INSERT INTO people_session (token_hash, account_id, created_at, seen_at, expires_at) "
      "VALUES ($1, $2, $3, $4, $5)",
      blob(session.token_hash), session.account, session.created_at, session.seen_at,
      session.expires_at);
}

void set_seen(db::Write& write, const Hash& token_hash, Instant seen_at) {
  write.run("UPDATE people_session SET seen_at = $1 WHERE token_hash = $2 AND seen_at < $1",
            seen_at, blob(token_hash));
}

void remove_session(db::Write& write, const Hash& token_hash) {
  write.run("DELETE FROM people_session WHERE token_hash = $1", blob(token_hash));
}

void remove_sessions(db::Write& write, AccountId id, const Hash* kept) {
  const db::Blob but = kept == nullptr ? db::Blob{} : blob(*kept);  // No hash is empty.
  write.run("DELETE FROM people_session WHERE account_id = $1 AND token_hash <> $2", id, but);
}

void remove_ended_sessions(db::Write& write, Instant now) {
  write.run("DELETE FROM people_session WHERE expires_at <= $1 OR seen_at <= $2", now,
            now - session_idle);
}

std::optional<Staff> SignIn::staff_of(db::Read& read,
                                      const Hash& token_hash,
                                      Instant now,
                                      std::optional<Instant> seen_later) {
  const auto session = find_session(read, token_hash);
  if (!session) return std::nullopt;
  const Instant seen_at = std::max(session->seen_at, seen_later.value_or(session->seen_at));
  if (has_ended(session->expires_at, seen_at, now)) return std::nullopt;
  auto account = find_account(read, session->account);
  if (!account || account->disabled_at) return std::nullopt;
  Staff staff;
  staff.id_ = account->id;
  staff.login_ = std::move(account->login);
  staff.name_ = std::move(account->name);
  staff.language_ = std::move(account->language);
  staff.grants_ = people::grants(read, staff.id_);
  return staff;
}

Attempts find_attempts(db::Read& read, const Hash& login_hash) {
  return read
      .one(
          "SELECT failed_count, failed_at, locked_until FROM people_attempt WHERE login_hash = $1",
          [](const db::Row& row) {
            return Attempts{row.integer(0), row.instant(1), row.maybe_instant(2)};
          },
          blob(login_hash))
      .value_or(Attempts{});
}

void save(db::Write& write, const Hash& login_hash, const Attempts& attempts) {
  write.run(
      "INSERT INTO people_attempt (login_hash, failed_count, failed_at, locked_until) "
      "VALUES ($1, $2, $3, $4) ON CONFLICT (login_hash) DO UPDATE SET "
      "failed_count = excluded.failed_count, failed_at = excluded.failed_at, "
      "locked_until = excluded.locked_until",
      blob(login_hash), attempts.failed_count, attempts.failed_at, attempts.locked_until);
}

void remove_attempts(db::Write& write, const Hash& login_hash) {
  write.run("DELETE FROM people_attempt WHERE login_hash = $1", blob(login_hash));
}

void remove_attempts_before(db::Write& write, Instant at) {
  write.run("DELETE FROM people_attempt WHERE failed_at < $1", at);
}

std::vector<Holder> holders(db::Read& read) {
  return read.all(
      "SELECT slot, name, public_key FROM people_holder WHERE retired_at IS NULL ORDER BY slot",
      [](const db::Row& row) {
        return Holder{row.view(0).front(), row.text(1), bytes_of<32>(row, 2)};
      });
}

void retire_holder(db::Write& write, char slot, Instant now) {
  write.run("UPDATE people_holder SET retired_at = $1 WHERE slot = $2 AND retired_at IS NULL", now,
            std::string_view(&slot, 1));
}

void insert(db::Write& write, const Holder& holder, Instant now) {
  write.run(
      "INSERT INTO people_holder (slot, name, public_key, installed_at) VALUES ($1, $2, $3, $4)",
      std::string_view(&holder.slot, 1), holder.name, db::Blob{holder.public_key}, now);
}

}  // namespace ln::people
