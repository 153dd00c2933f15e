// Reads payloads by the million, for the audit; ledger.h reads single members.
#pragma once

#include <optional>
#include <string_view>

#include "core/ledger/ledger.h"

namespace ln::ledger {

// The texts of a payload that an audit looks at, as they stand between their quotes. Those that a
// payload does not have are null, and so are all behind a place where it is not the canonical
// object that payload_of writes. Views into the payload.
struct PayloadTexts {
  std::optional<std::string_view> k{}, key{}, prev{}, reason{}, sig{}, t{};
};
PayloadTexts texts_in(std::string_view payload);

// Whether `text` is the hexadecimal form of `hash`, in small letters.
bool is_hex_of(std::string_view text, const Hash& hash);

}  // namespace ln::ledger
