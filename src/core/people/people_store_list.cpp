#include "core/people/people_store_list.h"

#include "core/people/people_store_row.h"

namespace ln::people {
namespace {

std::int64_t number_in(const db::Row& row) { return row.integer(0); }

}  // namespace

std::vector<Account> search_accounts(db::Read& read,
                                     const AccountSearch& search,
                                     std::int64_t limit) {
  if (search.unit_path.empty())
    return read.all("SELECT " ACCOUNT_COLUMNS
                    " FROM people_account a WHERE a.login > $1 ORDER BY a.login LIMIT $2",
                    account_from_row, search.after, limit);
  const auto [first, end] = units::subtree_range(search.unit_path);
  return read.all("SELECT " ACCOUNT_COLUMNS
                  " FROM people_account a WHERE a.login > $1 AND EXISTS (SELECT 1 FROM people_role "
                  "r JOIN unit u ON u.id = r.unit_id WHERE r.account_id = a.id AND r.revoked_at IS "
                  "NULL AND u.path >= $2 AND u.path < $3) ORDER BY a.login LIMIT $4",
                  account_from_row, search.after, first, end, limit);
}

std::int64_t count_city_administrators(db::Read& read, AccountId except) {
  return read
      .one(
          "SELECT count(DISTINCT a.id) FROM people_role r JOIN unit u ON u.id = r.unit_id "
          "JOIN people_account a ON a.id = r.account_id WHERE r.role = 'administrator' "
          "AND r.revoked_at IS NULL AND a.disabled_at IS NULL AND u.parent_id IS NULL "
          "AND a.id <> $1",
          number_in, except)
      .value_or(0);
}

std::int64_t count_sessions(db::Read& read, AccountId id, Instant now) {
  return read
      .one(
          "SELECT count(*) FROM people_session WHERE account_id = $1 AND expires_at > $2 "
          "AND seen_at > $3",
          number_in, id, now, now - session_idle)
      .value_or(0);
}

}  // namespace ln::people
