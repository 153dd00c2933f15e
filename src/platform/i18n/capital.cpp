#include "platform/i18n/capital.h"

#include <utf8proc.h>

#include <array>

namespace ln::i18n {

std::string capitalised(std::string_view text) {
  utf8proc_int32_t letter = 0;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  const auto size = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size()), &letter);
  if (size <= 0) return std::string(text);
  // The title form, not the capital one: they differ for "dž", and this is what a word begins with.
  std::array<utf8proc_uint8_t, 4> capital{};
  const auto capital_size = utf8proc_encode_char(utf8proc_totitle(letter), capital.data());
  std::string out(reinterpret_cast<const char*>(capital.data()),
                  static_cast<std::size_t>(capital_size));
  out += text.substr(static_cast<std::size_t>(size));
  return out;
}

}  // namespace ln::i18n
