// How a case says which page of ours it is about.
#pragma once

#include <string_view>

#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::feedback {

// A link to the page by what it is ("Dự án số 3"), never by the address as somebody typed it.
// Nothing when `path` is none that a case may be about.
html::Fragment page_link(const html::View& view, std::string_view path);

}  // namespace ln::feedback
