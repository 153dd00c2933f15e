// A page to pass on: its address, a code to print, a letter. Nothing here is about who passes it
// on.
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "platform/http/http.h"

namespace ln::app {

// As it is registered; a page that is only asked whether it may be passed on sees it as its route.
inline constexpr char share_pattern[] = "/share";

// GET /share?path=…: answers only for a path of ours whose page, as anybody is given it, offers
// itself (html::share). So no list says which pages those are, and none can be forgotten: what asks
// for a secret, a sign-in or a protected case offers nothing, and is "not found" here as well.
Result<http::Response> share_page(const http::Request& request,
                                  db::Read& read,
                                  Random& random,
                                  Instant now);

}  // namespace ln::app
