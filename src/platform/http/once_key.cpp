#include "platform/http/once_key.h"

#include <string_view>

#include "base/text.h"

namespace ln::http {

std::string once_key(const Fields& form, Random& random) {
  constexpr std::size_t key_bytes = 16;
  const std::string_view sent = form.text("once");
  return sent.size() == 2 * key_bytes ? std::string(sent) : to_hex(random.bytes<key_bytes>());
}

}  // namespace ln::http
