// Accounts of those who work here, as a list of the city's settings: whether one may sign in, and
// which roles it holds where. An entry's code is "@" and the login, which the public log shows as a
// digest only. No name stands in a value.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "core/people/people.h"

namespace ln::settings {

// The state of an account; and what was done to it and has no state: a new password, sessions
// ended.
inline constexpr std::string_view account_list = "account", password_list = "password",
                                  sessions_list = "sessions";

// How the value of a password ends that was set by whose account it is.
inline constexpr std::string_view set_by_owner = R"(,"by":"owner"})";
inline bool is_set_by_owner(std::string_view value) { return value.ends_with(set_by_owner); }

// One unit and the role held for it; `unit_from` says which unit of that code.
struct RolePlace {
  std::string unit{};
  Day unit_from{};
  people::Role role = people::Role::clerk;
  friend auto operator<=>(const RolePlace&, const RolePlace&) = default;
};

struct AccountSetting {
  bool is_open = true;             // may sign in
  std::vector<RolePlace> roles{};  // sorted, none twice
  friend bool operator==(const AccountSetting&, const AccountSetting&) = default;
};

// "@hoa" of "hoa", and back; empty for what is no such code.
inline std::string account_code(std::string_view login) { return "@" + std::string(login); }
inline std::string_view login_of(std::string_view code) {
  return code.starts_with('@') ? code.substr(1) : std::string_view();
}

}  // namespace ln::settings
