// The band above the pages of administrators: what does not fit, and what to do about it.
#pragma once

#include "platform/html/fill.h"
#include "platform/http/http.h"

namespace ln::app {

// For http::set_band. Empty for whoever is no administrator, and while nothing differs. Names
// lines, rooms, codes of cases that are not protected, and witnesses; never words that anybody
// wrote.
html::Fragment alarm_band(const http::Request& request, const html::View& view);

}  // namespace ln::app
