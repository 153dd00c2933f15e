// Words that somebody wrote, as a page shows them.
#pragma once

#include <string_view>

#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::html {

// Words in the reader's language where there are any, else in Vietnamese; `lang` says which, so
// that they are read aloud rightly (WCAG 2.2, 3.1.2).
struct Spoken {
  std::string_view text;
  std::string_view lang;
};
Spoken spoken(const View& view, std::string_view vi, std::string_view en);

// A paragraph for each line that is not empty.
Fragment paragraphs(std::string_view text);

}  // namespace ln::html
