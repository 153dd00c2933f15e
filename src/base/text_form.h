// Whether text is in NFC already, told from its bytes alone: nearly everything people send is, and
// normalising costs a hundred times as much as looking.
#pragma once

#include <string_view>

namespace ln {

// True only for text that Unicode's canonical composition (NFC) leaves as it is. False means "not
// known": normalise it. Knows the letters of Latin scripts with Vietnamese (below U+0300 and
// U+1E00 to U+1EFF), typographic quotes and dashes, and emoji, none of which decompose for good or
// combine with what stands before them. Precondition: is_utf8(text).
bool is_surely_nfc(std::string_view text);

}  // namespace ln
