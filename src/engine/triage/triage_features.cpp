#include "engine/triage/triage_features.h"

#include "engine/text/text.h"
#include "engine/triage/triage.h"

namespace ln::triage {

std::string key_of(std::string_view text) {
  // A character is counted where it begins; what is no UTF-8 is text::marked's to mend.
  std::size_t end = 0, chars = 0;
  for (; end < text.size(); ++end) {
    const bool begins = (static_cast<unsigned char>(text[end]) & 0xC0) != 0x80;
    if (begins && chars++ == text_chars_max) break;
  }
  return text::marked(text.substr(0, end));
}

}  // namespace ln::triage
