// Text as it may stand in XML 1.0, in elements and in attributes.
#pragma once

#include <string>
#include <string_view>

namespace ln::office {

// Escaped; what XML cannot carry (controls, U+FFFE, U+FFFF) is left out, and each byte that is not
// UTF-8 becomes U+FFFD.
void append_escaped(std::string& out, std::string_view text);
std::string escaped(std::string_view text);

}  // namespace ln::office
