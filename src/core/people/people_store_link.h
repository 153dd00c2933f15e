// Links with which somebody sets the password of their own account: kept as hashes, good once.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/people/people_store.h"
#include "platform/db/db.h"

namespace ln::people {

inline constexpr std::chrono::hours link_good_for{72};
// Letters of the token in a link: 128 bits in hexadecimal.
inline constexpr std::size_t password_token_size = 32;

struct PasswordLink {
  AccountId account{};
  std::string reason{};  // of the administrator who had it made
  Instant expires_at{};
};
// The link is in place of the one before, if any.
void save_link(db::Write& write, const PasswordLink& link, const Hash& hash);
// The account's login and name are asked for with find_account. Null when there is no such link,
// when it has expired at `now`, and when its account is closed.
std::optional<PasswordLink> find_link(db::Read& read, std::string_view token, Instant now);
// set_password() takes the link of an account away.
bool has_link(db::Read& read, AccountId account, Instant now);

}  // namespace ln::people
