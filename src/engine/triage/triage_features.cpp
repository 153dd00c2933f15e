#include "engine/triage/triage_features.h"

#include "engine/text/text.h"
#include "engine/text/text_letters.h"
#include "engine/triage/triage.h"

namespace ln::triage {

std::string key_of(std::string_view text) {
  std::size_t end = 0;
  for (std::size_t chars = 0; end < text.size() && chars < text_chars_max; ++chars)
    end += text::decode(text, end).size;
  return text::marked(text.substr(0, end));
}

}  // namespace ln::triage
