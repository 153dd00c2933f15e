// What every command that listens does: it reads its address, and goes on until it is told to end.
#pragma once

#include <csignal>
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

// So long answers that have begun may go on after that.
inline constexpr std::int64_t stop_timeout_ms = 20'000;

// Blocks the signals that end the program, so that only wait_for sees them. Called before there
// are threads.
sigset_t block_signals();
// Returns when one of them arrives.
void wait_for(const sigset_t& signals);
// Every visitor is an open file: as many as we are allowed, not the usual 1,024.
void allow_many_connections();

}  // namespace ln::app
