// The page for what went wrong: what happened in plain words, and what to do next. Features that
// can show their form again do that instead.
#pragma once

#include <string>
#include <string_view>

#include "base/text_key.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::html {

struct ErrorPage {
  int status = 500;
  TextKey title = {};                // what the status says when none is given
  TextKey text = {};                 // likewise
  std::string_view request_id = {};  // shown when the fault is ours, to be told on the phone
  Fragment again = {};               // the form that sends once more what was sent
};

std::string error_page(const View& view, const ErrorPage& error);

// What we say about a status when nobody said something better. Never none.
TextKey error_title(int status);
TextKey error_text(int status);

}  // namespace ln::html
