// People who work here: who they are, what they may do and where, and for how long a sign-in holds.
// Citizens have no account.
//
// Know first: only sign-in makes a Staff (people_store.h), and only a Staff makes the others:
//
//   Staff           somebody is signed in
//   Officer         a clerk, triage officer, handler or head of some unit
//   Ombudsman, Supervisor, Administrator
//
// A handler or action that needs one takes one, so there is no check to forget. Which units it
// holds for is asked with may_act_for(unit.path): a role covers its unit and everything below.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "core/units/units.h"

namespace ln::people {

struct AccountTable;
using AccountId = Id<AccountTable>;

enum class Role : std::uint8_t {
  clerk,    // takes in for others at a counter
  triage,   // says which unit a case belongs to
  handler,  // works on the cases of a unit
  head,     // heads a unit: publishes, promises, extends
  ombudsman,
  supervisor,  // the Fatherland Front; not under the leader
  administrator,
};
inline constexpr std::array roles = {Role::clerk,        Role::triage,    Role::handler,
                                     Role::head,         Role::ombudsman, Role::supervisor,
                                     Role::administrator};
std::string_view to_text(Role role);
std::optional<Role> role_of(std::string_view word);

// A role somebody holds now.
struct Grant {
  Role role;
  units::UnitId unit;
  std::string unit_path;
};

// Somebody signed in.
class Staff {
 public:
  AccountId id() const { return id_; }
  const std::string& login() const { return login_; }
  const std::string& name() const { return name_; }
  const std::string& language() const { return language_; }  // "vi" or "en"
  std::span<const Grant> grants() const { return grants_; }

  bool has(Role role) const;
  // Whether they hold `role` for the unit at `unit_path` or for one above it.
  bool may(Role role, std::string_view unit_path) const;

 private:
  friend class SignIn;
  Staff() = default;
  AccountId id_;
  std::string login_, name_, language_;
  std::vector<Grant> grants_;
};

// The paths of the units `staff` holds any of `among` for, without those that stand below another.
std::vector<std::string> tops_of(const Staff& staff, std::span<const Role> among);

// A Staff who holds at least one of `held` somewhere.
template <Role... held>
class As {
 public:
  static std::optional<As> of(const Staff& staff) {
    return (staff.has(held) || ...) ? std::optional(As(staff)) : std::nullopt;
  }

  const Staff& staff() const { return staff_; }
  AccountId id() const { return staff_.id(); }
  const std::string& name() const { return staff_.name(); }
  // Whether any of the roles covers the unit at `unit_path`.
  bool may_act_for(std::string_view unit_path) const {
    return (staff_.may(held, unit_path) || ...);
  }
  bool may(Role role, std::string_view unit_path) const { return staff_.may(role, unit_path); }
  // The tops of the subtrees they work in; for lists.
  std::vector<std::string> tops() const {
    constexpr Role all[] = {held...};
    return tops_of(staff_, all);
  }

 private:
  explicit As(const Staff& staff) : staff_(staff) {}
  Staff staff_;
};

using Officer = As<Role::clerk, Role::triage, Role::handler, Role::head>;
using Ombudsman = As<Role::ombudsman>;
using Supervisor = As<Role::supervisor>;
using Administrator = As<Role::administrator>;

// Sign-in.

// A session ends this long after it began, whatever happens …
inline constexpr std::chrono::hours session_lasts{12};
// … and after so long without a request.
inline constexpr std::chrono::minutes session_idle{60};
bool has_ended(Instant expires_at, Instant seen_at, Instant now);

// Failed sign-ins with one login: the fifth locks it for 15 minutes, and each one after that for
// twice as long as before, up to a day. Forgotten after a day without a failure.
inline constexpr int attempts_free = 5;
inline constexpr std::chrono::hours attempts_kept{24};
std::optional<Instant> locked_until(std::int64_t failed_count, Instant failed_at);

// What is wrong with a new password; none when it may be used. Long is what counts: 12 to 128
// characters, and not the login or one character over and over.
inline constexpr std::size_t password_chars_min = 12, password_chars_max = 128;
TextKey wrong_with_password(std::string_view password, std::string_view login);
// Logins are 2 to 40 of a–z, 0–9, '.', '-', '_', beginning with a letter.
TextKey wrong_with_login(std::string_view login);
// As typed → as stored: trimmed, ASCII letters small.
std::string to_login(std::string_view typed);

}  // namespace ln::people
