// QR codes as SVG, drawn by the server: dark squares in one path on white, with the quiet zone of
// four squares that readers need.
#pragma once

#include <string_view>

#include "platform/html/fill.h"

namespace ln::html {

// `content` is what a phone reads, an absolute address; `title` is what a screen reader says.
// Error correction level M. Precondition: content fits one symbol (at most 2,331 bytes).
Fragment qr(std::string_view content, std::string_view title);

}  // namespace ln::html
