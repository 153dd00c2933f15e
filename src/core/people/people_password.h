// Passwords as Argon2id hashes. Slow on purpose: never on an I/O thread (http::Runs::on_worker) and
// never inside a commit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/random.h"

namespace ln::people {

// How much work one guess costs.
struct PasswordCost {
  std::uint64_t passes;
  std::size_t memory;  // bytes
};
// libsodium's "interactive": about a tenth of a second and 64 MiB.
inline constexpr PasswordCost interactive_cost{2, 64u << 20};
// For tests and sample cities only.
inline constexpr PasswordCost test_cost{1, 64u << 10};

// "$argon2id$v=19$m=65536,t=2,p=1$salt$hash", the form every Argon2 library reads; the salt is
// drawn from `random`.
std::string hash_password(std::string_view password, Random& random, const PasswordCost& cost);
// In constant time for one cost. False also when `hash` is not of that form.
bool is_password(std::string_view hash, std::string_view password);
// The cost that `hash` was made with, so that a changed password costs as much as the old one.
PasswordCost cost_of(std::string_view hash);

// Five groups of four easily told characters, about 99 bits: "7KQM-2XPA-…".
std::string make_password(Random& random);

}  // namespace ln::people
