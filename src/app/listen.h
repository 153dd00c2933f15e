// The address of --listen.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/text.h"

namespace ln::app {

struct Address {
  std::string host;
  std::uint16_t port;
};

// "127.0.0.1:8080"; null when it is none.
inline std::optional<Address> parse_listen(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return std::nullopt;
  const auto port = parse_number(std::string_view(text).substr(colon + 1));
  if (!port || *port < 0 || *port > 65'535) return std::nullopt;
  return Address{text.substr(0, colon), static_cast<std::uint16_t>(*port)};
}

}  // namespace ln::app
