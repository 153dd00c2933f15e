// The whole document around a page: head, skip link, header with menu and language switch, main,
// footer. Looks as shared by all pages; assets/src/scss/_shell.scss dresses it.
#pragma once

#include <string>
#include <string_view>

#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::html {

struct PageParts {
  std::string_view title = {};       // of this page, without the site's name
  std::string_view here = {};        // the path of the menu's item to mark, "/register"
  Fragment body = {};                // what stands in <main>
  bool is_staff = false;             // the menu for staff instead of the one for citizens
  bool has_errors = false;           // the title begins with "Lỗi:" (WCAG 3.3.1 for tabs)
  bool is_unlisted = false;          // asks search engines to pass by
  std::string_view body_class = {};  // for pages that are dressed as a whole
  int refresh_s = 0;                 // loads itself again after so many seconds; 0 = never
  bool is_once = false;  // cannot be asked for again, so nothing leads to it in the other language
};

// The document. Precondition: view.site is set.
std::string page(const View& view, const PageParts& parts);

// The usual inside of a page: one column, with a narrow one beside it when `side` is given.
struct ColumnParts {
  Fragment before = {};  // above both columns: back link, breadcrumbs
  Fragment body = {};
  Fragment side = {};
  std::string_view side_label = {};  // what a screen reader calls the second column
  bool is_narrow = false;            // one narrow column: sign-in, look-up, errors
};
Fragment columns(const ColumnParts& parts);

}  // namespace ln::html
