// Pages for everybody: what is supervised, how the cases were drawn, and what came of it.
//
//   GET /supervision                 programmes, the newest first
//   GET /supervision/{id}            one of them
//   GET /supervision/{id}/frame      the frame as it was hashed (docs/formats/draw.md)
#pragma once

#include "base/result.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::supervision {

Result<http::Response> list_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> programme_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> frame_text(const http::Request& request, db::Read& read);

}  // namespace ln::supervision
