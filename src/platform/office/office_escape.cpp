#include "platform/office/office_escape.h"

#include <utf8proc.h>

#include "base/text.h"

namespace ln::office {

void append_escaped(std::string& out, std::string_view text) {
  while (!text.empty()) {
    utf8proc_int32_t code = 0;
    const auto size =
        utf8proc_iterate(as_bytes(text).data(), static_cast<utf8proc_ssize_t>(text.size()), &code);
    if (size <= 0) {
      out += "\uFFFD";
      text.remove_prefix(1);
      continue;
    }
    if (code == '&')
      out += "&amp;";
    else if (code == '<')
      out += "&lt;";
    else if (code == '>')
      out += "&gt;";
    else if (code == '"')
      out += "&quot;";
    else if ((code >= 0x20 && code != 0x7F && code != 0xFFFE && code != 0xFFFF) || code == '\n' ||
             code == '\t')
      out += text.substr(0, static_cast<std::size_t>(size));
    text.remove_prefix(static_cast<std::size_t>(size));
  }
}

std::string escaped(std::string_view text) {
  std::string out;
  append_escaped(out, text);
  return out;
}

}  // namespace ln::office
