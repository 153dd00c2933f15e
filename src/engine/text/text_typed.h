// What somebody typed, as it is kept.
#pragma once

#include <string>
#include <string_view>

namespace ln::text {

// Without the spaces around it and in NFC (Unicode Standard Annex 15), so that the same words are
// the same bytes whatever keyboard wrote them.
std::string tidied(std::string_view typed);

}  // namespace ln::text
