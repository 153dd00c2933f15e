#include "platform/html/spoken.h"

#include <algorithm>

namespace ln::html {

Spoken spoken(const View& view, std::string_view vi, std::string_view en) {
  if (view.voice.language() == i18n::Language::en && !en.empty()) return {en, "en"};
  return {vi, "vi"};
}

Fragment paragraphs(std::string_view text) {
  Fragment out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) out.add("<p>{}</p>", text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace ln::html
