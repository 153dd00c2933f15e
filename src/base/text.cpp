#include "base/text.h"

#include <array>
#include <charconv>

namespace ln {
namespace {

// Bytes of the code point that starts at `at`, 0 when it is not well formed (RFC 3629 §4).
std::size_t sequence_size(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned lead = byte(at);
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;
  if (lead < 0xE0) return tail(at + 1) ? 2 : 0;
  if (lead < 0xF0) {
    if (lead == 0xE0 && byte(at + 1) < 0xA0) return 0;
    if (lead == 0xED && byte(at + 1) > 0x9F) return 0;
    return tail(at + 1) && tail(at + 2) ? 3 : 0;
  }
  if (lead > 0xF4) return 0;
  if (lead == 0xF0 && byte(at + 1) < 0x90) return 0;
  if (lead == 0xF4 && byte(at + 1) > 0x8F) return 0;
  return tail(at + 1) && tail(at + 2) && tail(at + 3) ? 4 : 0;
}

// Size of the white space that starts `text`, 0 when none does.
std::size_t space_size(std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] == ' ' || (text[0] >= '\t' && text[0] <= '\r')) return 1;
  if (text.starts_with("\u00A0")) return 2;
  if (text.starts_with("\u200B") || text.starts_with("\uFEFF")) return 3;
  return 0;
}

constexpr std::string_view base64_letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t size = sequence_size(text, i);
    if (size == 0) return false;
    i += size;
  }
  return true;
}

std::size_t count_chars(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  return count;
}

std::string_view first_chars(std::string_view text, std::size_t chars) {
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U) continue;
    if (chars == 0) break;
    --chars;
  }
  return text.substr(0, i);
}

std::string_view trimmed(std::string_view text) {
  while (const std::size_t size = space_size(text)) text.remove_prefix(size);
  for (bool changed = true; changed && !text.empty();) {
    changed = false;
    for (std::size_t size = 1; size <= 3 && size <= text.size(); ++size) {
      if (space_size(text.substr(text.size() - size)) != size) continue;
      text.remove_suffix(size);
      changed = true;
      break;
    }
  }
  return text;
}

std::string to_hex(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

std::optional<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    unsigned byte = 0;
    const auto [end, failure] = std::from_chars(&text[i], &text[i] + 2, byte, 16);
    if (failure != std::errc() || end != &text[i] + 2) return std::nullopt;
    out += static_cast<char>(byte);
  }
  return out;
}

std::string to_base64(std::span<const std::uint8_t> bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t left = bytes.size() - i;
    unsigned group = static_cast<unsigned>(bytes[i]) << 16U;
    if (left > 1) group |= static_cast<unsigned>(bytes[i + 1]) << 8U;
    if (left > 2) group |= static_cast<unsigned>(bytes[i + 2]);
    out += base64_letters[group >> 18U & 63U];
    out += base64_letters[group >> 12U & 63U];
    out += left > 1 ? base64_letters[group >> 6U & 63U] : '=';
    out += left > 2 ? base64_letters[group & 63U] : '=';
  }
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 4) {
    unsigned group = 0;
    int padding = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      const char c = text[i + k];
      const std::size_t value = base64_letters.find(c);
      if (c == '=' && k >= 2 && i + 4 == text.size()) {
        ++padding;
        group <<= 6U;
      } else if (value == std::string_view::npos || padding > 0) {
        return std::nullopt;
      } else {
        group = group << 6U | static_cast<unsigned>(value);
      }
    }
    const std::array<char, 3> bytes = {static_cast<char>(group >> 16U),
                                       static_cast<char>(group >> 8U), static_cast<char>(group)};
    out.append(bytes.data(), 3 - static_cast<std::size_t>(padding));
  }
  // Bits left over under the padding must be zero, or two texts would mean the same bytes.
  if (to_base64(as_bytes(out)) != text) return std::nullopt;
  return out;
}

std::optional<std::int64_t> parse_number(std::string_view text) {
  std::int64_t number = 0;
  if (text.empty() || text[0] == '-' || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace ln
