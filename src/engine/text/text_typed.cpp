#include "engine/text/text_typed.h"

#include "base/text.h"
#include "engine/text/text.h"

namespace ln::text {

std::string tidied(std::string_view typed) { return to_nfc(trimmed(typed)); }

}  // namespace ln::text
