// What every page needs to know about its reader and its site.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text_key.h"
#include "base/time.h"
#include "platform/i18n/i18n.h"

namespace ln::html {

struct NavItem {
  std::string_view path;  // without the language prefix, "/register"
  TextKey text;
};

// One column of links at the foot of every page.
struct FooterColumn {
  TextKey heading;
  std::vector<NavItem> links;
};

// Immutable configuration of the site, made once by app. Menus hold only what exists.
struct Site {
  TextKey city = {};                      // shown under the name, "Thành phố Hà Nội"
  std::string base_url = {};              // "https://langnghe.example", for QR codes and print
  std::vector<NavItem> nav = {};          // for citizens
  std::vector<NavItem> staff_nav = {};    // for signed-in staff
  std::vector<FooterColumn> footer = {};  // beside the line about the site
  std::string_view sign_in_path = {};     // where staff sign in; empty: no link is shown
  std::string_view account_path = {};     // where the name of signed-in staff leads
  NavItem lookup = {};                    // where a code is typed in; offered with "not found"
  bool is_sample = false;                 // shows the line that names and figures are made up
};

// One reader, for the duration of one request. Borrows from the request and the site.
struct View {
  const Site* site = nullptr;
  i18n::Voice voice{i18n::Language::vi};
  std::string_view path = {};        // of this page without the language prefix
  std::string_view query = {};       // as sent, without '?'
  std::string_view csrf_token = {};  // goes into every form, html::form puts it there
  std::string_view staff_name = {};  // empty when nobody is signed in
  Instant now{};

  std::string_view operator()(TextKey key) const { return voice(key); }
};

}  // namespace ln::html
