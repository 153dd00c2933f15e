#include "base/text_form.h"

#include <cstddef>

namespace ln {
namespace {

// The bytes of the code point at the start of `text` when it is one of the known ones, 0 otherwise.
std::size_t known_size(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const unsigned lead = byte(0), second = byte(1), third = byte(2);
  if (lead < 0x80) return 1;
  if (lead < 0xCC) return 2;                                                       // to U+02FF
  if (lead == 0xE1 && second >= 0xB8 && second <= 0xBB) return 3;                  // U+1E00…1EFF
  if (lead == 0xE2 && second == 0x80 && third >= 0x90 && third <= 0xA7) return 3;  // U+2010…2027
  if (lead == 0xF0 && second == 0x9F) return 4;                                    // U+1F000…1FFFF
  return 0;
}

}  // namespace

bool is_surely_nfc(std::string_view text) {
  while (!text.empty()) {
    const std::size_t size = known_size(text);
    if (size == 0 || size > text.size()) return false;
    text.remove_prefix(size);
  }
  return true;
}

}  // namespace ln
