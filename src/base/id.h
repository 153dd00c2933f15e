// Database keys and other small values that must not be mixed up.
#pragma once

#include <compare>
#include <cstdint>

namespace ln {

// A database key that cannot be passed where another table's key is meant. Tables number their rows
// from 1; 0 is "none" and is never stored.
template <class Table>
struct Id {
  std::int64_t value = 0;
  auto operator<=>(const Id&) const = default;
};

}  // namespace ln
