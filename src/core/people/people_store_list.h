// Accounts as an administrator looks at them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/people/people_store.h"
#include "platform/db/db.h"

namespace ln::people {

// What is looked for. `unit_path`: those who hold a role for this unit or one below it; empty for
// all. `after`: the last login of the page before; empty for the first page.
struct AccountSearch {
  std::string unit_path{};
  std::string after{};
};
// At most `limit`, in the order of their logins.
std::vector<Account> search_accounts(db::Read& read,
                                     const AccountSearch& search,
                                     std::int64_t limit);

// How many others than `except` may sign in and administer the city itself.
std::int64_t count_city_administrators(db::Read& read, AccountId except);

// How many sign-ins of an account hold at `now`.
std::int64_t count_sessions(db::Read& read, AccountId id, Instant now);

}  // namespace ln::people
