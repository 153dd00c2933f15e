// QR codes as SVG, drawn by the server: dark squares in one path on white, with the quiet zone of
// four squares that readers need.
#pragma once

#include <optional>
#include <string_view>

#include "platform/html/fill.h"

namespace ln::html {

// `content` is what a phone reads, an absolute address; `title` is what a screen reader says.
// Error correction level M. Precondition: content fits one symbol (at most 2,331 bytes).
Fragment qr(std::string_view content, std::string_view title);
// For long contents on paper: error correction level L, which has the fewest squares. Null when the
// content does not fit one symbol: 4,296 letters of the 45 that a QR code packs best (digits,
// capitals, " $%*+-./:"), 2,953 bytes of anything else.
std::optional<Fragment> large_qr(std::string_view content, std::string_view title);

}  // namespace ln::html
