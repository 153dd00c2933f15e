// What the site is called and what its menus hold.
#pragma once

#include <string>

#include "platform/html/view.h"

namespace ln::app {

// `base_url` is where citizens reach it, for QR codes and printed links.
html::Site make_site(std::string base_url, bool is_sample);

}  // namespace ln::app
