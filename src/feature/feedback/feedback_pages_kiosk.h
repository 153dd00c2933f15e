// A public screen at a counter: one form, its answers read once more, a slip, and nothing kept.
//
// No draft is stored, in the database or in the browser, and no field may be filled in by it. With
// the module a page clears itself after a minute and a half without a touch; a large button clears
// at once, and is all there is without it: a page that reloads by itself would take the words from
// whoever writes slowly (WCAG 2.2.1).
#pragma once

#include "base/random.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::feedback::help {

// GET /kiosk
Result<http::Response> kiosk_page(const http::Request& request,
                                  db::Read& read,
                                  Random& random,
                                  Instant now);
// POST /kiosk: the answers in large print; with the field `edit` the form again.
Result<http::Pending> kiosk_read_back(const http::Request& request,
                                      db::Read& read,
                                      Random& random,
                                      Instant now);
// GET /kiosk/send, which a page that clears itself asks for: an empty form.
Result<http::Response> kiosk_cleared(const http::Request& request);
// POST /kiosk/send: sends, and answers with the slip.
Result<http::Pending> kiosk_send(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now);

}  // namespace ln::feedback::help
