#include "platform/html/qr.h"

#include <qrencode.h>

#include <memory>
#include <string>

#include "base/check.h"

namespace ln::html {
namespace {

constexpr int quiet_zone = 4;

// Each run of dark squares of a row as one rectangle: "M3 5h4v1h-4z".
std::string dark_squares(const QRcode& code) {
  const auto is_dark = [&](int x, int y) { return (code.data[y * code.width + x] & 1U) != 0; };
  std::string path;
  for (int y = 0; y < code.width; ++y) {
    for (int x = 0; x < code.width; ++x) {
      if (!is_dark(x, y)) continue;
      int end = x;
      while (end < code.width && is_dark(end, y)) ++end;
      const std::string run = std::to_string(end - x);
      path.append("M").append(std::to_string(x + quiet_zone)).append(" ");
      path.append(std::to_string(y + quiet_zone)).append("h").append(run);
      path.append("v1h-").append(run).append("z");
      x = end;
    }
  }
  return path;
}

using Code = std::unique_ptr<QRcode, decltype(&QRcode_free)>;

Fragment draw(const QRcode& code, std::string_view title) {
  const int side = code.width + 2 * quiet_zone;
  return fill(
      R"(<svg role="img" viewBox="0 0 {} {}" shape-rendering="crispEdges"><title>{}</title>)"
      R"(<path fill="#fff" d="M0 0h{}v{}h-{}z"/><path fill="#062f2c" d="{}"/></svg>)",
      side, side, title, side, side, side, dark_squares(code));
}

}  // namespace

Fragment qr(std::string_view content, std::string_view title) {
  const Code code(
      QRcode_encodeData(static_cast<int>(content.size()),
                        reinterpret_cast<const unsigned char*>(content.data()), 0, QR_ECLEVEL_M),
      QRcode_free);
  CHECK(code != nullptr);  // Too long, or out of memory.
  return draw(*code, title);
}

std::optional<Fragment> large_qr(std::string_view content, std::string_view title) {
  // The library chooses the densest way to write each part of the text.
  const Code code(QRcode_encodeString(std::string(content).c_str(), 0, QR_ECLEVEL_L, QR_MODE_8, 1),
                  QRcode_free);
  if (code == nullptr) return std::nullopt;
  return draw(*code, title);
}

}  // namespace ln::html
