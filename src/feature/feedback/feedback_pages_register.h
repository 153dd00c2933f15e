// The public register: published cases, newest first, searched with and without diacritics.
#pragma once

#include "platform/http/http.h"

namespace ln::feedback {

// GET /register?q=&unit=&from=&state=&about=&kind=&after=
//
// `unit` is a code, today's unless `from` names the day another version began; its subtree counts.
// Filters that are not understood are ignored: a link that somebody shared must not break. Pages go
// on from the id `after`, so that nothing is skipped or shown twice while cases arrive.
Result<http::Response> register_page(const http::Request& request, db::Read& read, Instant now);

}  // namespace ln::feedback
