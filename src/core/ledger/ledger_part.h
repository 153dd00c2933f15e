// A letter of which another office answers a part (docs/decisions/0053-parts-of-letters.md): the
// chain of the part begins with `received` by the office, and its `cat` says so. It is no further
// letter: `received` counts it nowhere. Its date, answer and end are counted as those of any case.
#pragma once

#include <string>
#include <string_view>

#include "core/ledger/ledger.h"

namespace ln::ledger {

// No code of a topic has a stroke in it, so that no topic can be taken for this.
inline constexpr std::string_view part_prefix = "part/";

// The `cat` of the first entry of a part; `topic` may be empty.
inline std::string part_cat(std::string_view topic) {
  return std::string(part_prefix) + std::string(topic);
}

// Of the payload of a `received` entry.
inline bool begins_part(std::string_view payload) {
  const auto cat = text_in(payload, "cat");
  return cat && cat->starts_with(part_prefix);
}

}  // namespace ln::ledger
