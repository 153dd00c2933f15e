#include "core/people/people_store_link.h"

namespace ln::people {

void save_link(db::Write& write, const PasswordLink& link, const Hash& hash) {
  write.run(
      "INSERT INTO people_link (account_id, link_hash, reason, expires_at) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (account_id) DO UPDATE SET link_hash = excluded.link_hash, "
      "reason = excluded.reason, expires_at = excluded.expires_at",
      link.account, db::Blob{hash}, link.reason, link.expires_at);
}

std::optional<PasswordLink> find_link(db::Read& read, std::string_view token, Instant now) {
  if (token.size() != password_token_size) return std::nullopt;
  const Hash hash = hash_of(token);
  return read.one(
      "SELECT l.account_id, l.reason, l.expires_at FROM people_link l "
      "JOIN people_account a ON a.id = l.account_id "
      "WHERE l.link_hash = $1 AND l.expires_at > $2 AND a.disabled_at IS NULL",
      [](const db::Row& row) {
        return PasswordLink{
            .account = row.id<AccountId>(0), .reason = row.text(1), .expires_at = row.instant(2)};
      },
      db::Blob{hash}, now);
}

bool has_link(db::Read& read, AccountId account, Instant now) {
  return read
      .one(
          "SELECT account_id FROM people_link WHERE account_id = $1 AND expires_at > $2",
          [](const db::Row& row) { return row.integer(0); }, account, now)
      .has_value();
}

}  // namespace ln::people
