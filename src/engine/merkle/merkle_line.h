// Reading the lines of which notes, receipts and requests of witnesses consist.
#pragma once

#include <optional>
#include <string_view>

namespace ln::merkle {

// Takes the next line off `text` and gives it without its line feed; null, and nothing taken, when
// no line is complete.
inline std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

}  // namespace ln::merkle
