// A sentence with pieces of HTML in its holes: "Đọc {link} trước khi gửi." The words around are
// escaped; so are text values; a Fragment goes in as it is. Order and number of the holes may
// differ between languages.
//
//   sentence(view, key, {{"link", fill(R"(<a href="{}">{}</a>)", url, view(text))}})
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "base/text_key.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::html {

struct Piece {
  std::string_view name;
  Fragment html;

  Piece(std::string_view hole, Fragment value) : name(hole), html(std::move(value)) {}
  Piece(std::string_view hole, std::string_view text) : name(hole) { html.add_text(text); }
};

Fragment sentence(const View& view, TextKey key, std::initializer_list<Piece> pieces);
// The form for `count`, whose hole {count} is filled with the number.
Fragment sentence(const View& view,
                  TextKey key,
                  std::int64_t count,
                  std::initializer_list<Piece> pieces);

}  // namespace ln::html
