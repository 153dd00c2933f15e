// What people write, without what nobody can see.
#pragma once

#include <string>
#include <string_view>

namespace ln {

// `text` with its lines ended by "\n" and without characters that show nothing but change what a
// reader sees or a search finds: controls other than line feed and tab, direction overrides and
// isolates (Unicode TR36 §2.4: they let "exe.gpj" read as a picture), spaces of no width, soft
// hyphens, byte order marks, tags. A zero-width joiner stays between two emoji, where it makes one
// of them, and nowhere else. Idempotent. Precondition: is_utf8(text).
std::string plain_text(std::string_view text);

}  // namespace ln
