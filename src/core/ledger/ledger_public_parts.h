// What the public facts of every room are made of. For the files of core/ledger that read them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/text.h"
#include "core/ledger/ledger.h"

namespace ln::ledger::plain {

inline constexpr std::int64_t version = 1;
inline constexpr std::int64_t exact_max = (std::int64_t{1} << 53) - 1;  // RFC 8785: exact in JSON
inline constexpr std::size_t code_size_max = 64, depth_max = 4;

// Letters, digits, point, dash and underline.
inline bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= code_size_max && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  });
}
inline bool is_word(std::string_view text) {
  return is_code(text) &&
         std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}
inline bool is_count(std::optional<std::int64_t> count) {
  return count && *count >= 0 && *count <= exact_max;
}
// Of 64 hexadecimal digits.
inline std::optional<Hash> hash_of(std::optional<std::string_view> text) {
  const auto bytes = text ? from_hex(*text) : std::nullopt;
  return bytes ? merkle::to_hash(*bytes) : std::nullopt;
}

}  // namespace ln::ledger::plain
