// Bytes and letters. What people write is UTF-8; limits on it are counted in characters (code
// points), never in bytes. Folding and normal forms are engine/text's business.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ln {

// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);
// Code points in `text`. Precondition: is_utf8(text).
std::size_t count_chars(std::string_view text);
// The longest beginning of at most `chars` code points.
std::string_view first_chars(std::string_view text, std::size_t chars);
// Without white space (ASCII and U+00A0, U+200B, U+FEFF) at both ends.
std::string_view trimmed(std::string_view text);

std::string to_hex(std::span<const std::uint8_t> bytes);
// Standard alphabet with padding (RFC 4648 §4), as notes and proofs use it.
std::string to_base64(std::span<const std::uint8_t> bytes);
// Null for anything but the canonical form of whole bytes.
std::optional<std::string> from_base64(std::string_view text);
std::optional<std::string> from_hex(std::string_view text);

inline std::span<const std::uint8_t> as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// A whole decimal number without sign, spaces or leading zeros; null otherwise.
std::optional<std::int64_t> parse_number(std::string_view text);

}  // namespace ln
