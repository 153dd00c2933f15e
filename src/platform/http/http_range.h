// A part of an answer, for players that jump about in a recording (RFC 9110, section 14).
#pragma once

#include "platform/http/http.h"

namespace ln::http {

// `whole` when no part is asked for, or one that we do not give: another unit than bytes, several
// parts at once, something that is no range, an If-Range (there is nothing to compare it with).
// Else 206 with the bytes asked for, or 416 when the file ends before them. Precondition: `whole`
// is a 200 with its whole body.
Response part_of(const Request& request, Response whole);

}  // namespace ln::http
