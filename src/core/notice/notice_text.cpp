#include "core/notice/notice_text.h"

#include <algorithm>

namespace ln::notice {

std::string text_of(const Notice& notice, i18n::Voice voice) {
  if (notice.text.is_none()) return {};
  std::string out;
  i18n::for_each_piece(
      voice(notice.text), [&](std::string_view text) { out += text; },
      [&](std::string_view name) {
        const auto found = std::ranges::find(notice.values, name, &Values::value_type::first);
        out += found == notice.values.end() ? "{" + std::string(name) + "}" : found->second;
      });
  return out;
}

}  // namespace ln::notice
