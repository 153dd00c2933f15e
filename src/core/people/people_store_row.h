// How a row of people_account becomes an Account; for the wings of the store.
#pragma once

#include "core/people/people_store.h"
#include "platform/db/db.h"

namespace ln::people {

// The columns of people_account, called `a` in the statement, in the order of account_from_row.
#define ACCOUNT_COLUMNS \
  "a.id, a.login, a.name, a.password_hash, a.language, a.created_at, a.disabled_at"

inline Account account_from_row(const db::Row& row) {
  return {.id = row.id<AccountId>(0),
          .login = row.text(1),
          .name = row.text(2),
          .password_hash = row.text(3),
          .language = row.text(4),
          .created_at = row.instant(5),
          .disabled_at = row.maybe_instant(6)};
}

}  // namespace ln::people
