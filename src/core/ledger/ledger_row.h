// How the stores of the ledger read and write one value. For them only.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/db/db.h"

namespace ln::ledger {

// A value that only this program writes, and that is not what it writes.
[[noreturn]] inline void corrupt(const std::string& what) {
  throw db::Failure(what, db::Failure::Kind::corrupt);
}

// Bytes of a fixed number. Throws db::Failure when there are more or fewer.
template <class Array>
Array array_of(std::string_view bytes) {
  Array array;
  if (bytes.size() != array.size()) corrupt("a value of the ledger has the wrong length");
  std::ranges::copy(bytes, array.begin());
  return array;
}

// Nobody, and no office, is 0 in memory and NULL in a row.
inline std::optional<std::int64_t> unless_zero(std::int64_t value) {
  return value == 0 ? std::nullopt : std::optional(value);
}

}  // namespace ln::ledger
