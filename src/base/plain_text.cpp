#include "base/plain_text.h"

#include <cstdint>

namespace ln {
namespace {

constexpr char32_t joiner = 0x200D;

struct Next {
  char32_t code;
  std::size_t size;
};

// The code point that starts at `at`. Precondition: the text is UTF-8 and has not ended.
Next next_code(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[at + i]));
  };
  const char32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  if (lead < 0xE0) return {(lead & 0x1FU) << 6U | (byte(1) & 0x3FU), 2};
  if (lead < 0xF0) return {(lead & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU), 3};
  return {(lead & 0x07U) << 18U | (byte(1) & 0x3FU) << 12U | (byte(2) & 0x3FU) << 6U |
              (byte(3) & 0x3FU),
          4};
}

bool is_between(char32_t code, char32_t first, char32_t last) {
  return first <= code && code <= last;
}

bool is_line_end(char32_t code) { return code == '\r' || is_between(code, 0x2028, 0x2029); }

bool is_hidden(char32_t code) {
  if (code < 0x20) return code != '\n' && code != '\t';
  if (code < 0x7F) return false;
  return is_between(code, 0x7F, 0x9F) || code == 0xAD || code == 0x61C || code == 0x180E ||
         is_between(code, 0x200B, 0x200F) || is_between(code, 0x2028, 0x202E) ||
         is_between(code, 0x2060, 0x206F) || code == 0xFEFF || is_between(code, 0xFFF9, 0xFFFB) ||
         is_between(code, 0xE0000, 0xE0FFF);
}

// Wider than the emoji themselves: a joiner between two arrows shows nothing either.
bool is_emoji(char32_t code) {
  return is_between(code, 0x1F000, 0x1FAFF) || is_between(code, 0x2190, 0x2BFF);
}

// What may stand between an emoji and its joiner: a skin tone, "as a picture".
bool is_emoji_dress(char32_t code) { return code == 0xFE0F || is_between(code, 0x1F3FB, 0x1F3FF); }

// Whether any byte begins something hidden; most texts have none and are kept as they are. U+180E
// is the only hidden one that begins with E1, as most Vietnamese vowels with a tone do.
bool is_suspicious(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F || byte == 0xC2 ||
        byte == 0xD8 || byte == 0xE2 || byte == 0xEF || byte == 0xF3)
      return true;
    if (byte == 0xE1 && text.substr(i).starts_with("\xE1\xA0\x8E")) return true;
  }
  return false;
}

// The first code point from `at` on that will be kept; 0 when none is.
char32_t next_shown(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const Next next = next_code(text, at);
    if (!is_hidden(next.code)) return next.code;
    if (is_line_end(next.code)) return '\n';
    at += next.size;
  }
  return 0;
}

}  // namespace

std::string plain_text(std::string_view text) {
  if (!is_suspicious(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  char32_t picture = 0;  // the emoji that what is kept ends with
  for (std::size_t at = 0; at < text.size();) {
    const Next next = next_code(text, at);
    const std::string_view bytes = text.substr(at, next.size);
    at += next.size;
    const bool is_joint =
        next.code == joiner && is_emoji(picture) && is_emoji(next_shown(text, at));
    if (is_line_end(next.code)) {
      if (next.code != '\r' || !text.substr(at).starts_with('\n')) out += '\n';
    } else if (is_joint || !is_hidden(next.code)) {
      out += bytes;
    } else {
      continue;
    }
    if (!is_emoji_dress(next.code) || !is_emoji(picture)) picture = next.code;
  }
  return out;
}

}  // namespace ln
