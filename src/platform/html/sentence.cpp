#include "platform/html/sentence.h"

#include <algorithm>

#include "base/check.h"

namespace ln::html {
namespace {

Fragment put_together(std::string_view words,
                      std::string_view count,
                      std::initializer_list<Piece> pieces) {
  Fragment out;
  i18n::for_each_piece(
      words, [&](std::string_view text) { out.add_text(text); },
      [&](std::string_view name) {
        const auto found = std::find_if(pieces.begin(), pieces.end(),
                                        [&](const Piece& piece) { return piece.name == name; });
        if (found != pieces.end()) {
          out += found->html;
        } else {
          CHECK(name == "count" && !count.empty());  // A hole that nobody filled.
          out.add_text(count);
        }
      });
  return out;
}

}  // namespace

Fragment sentence(const View& view, TextKey key, std::initializer_list<Piece> pieces) {
  return put_together(view(key), "", pieces);
}

Fragment sentence(const View& view,
                  TextKey key,
                  std::int64_t count,
                  std::initializer_list<Piece> pieces) {
  return put_together(view.voice.form_for(key, count), view.voice.number(count), pieces);
}

}  // namespace ln::html
