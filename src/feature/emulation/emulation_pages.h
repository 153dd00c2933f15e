// Pages for everybody:
//
//   GET /emulation                         models, the newest first, and what they are looked at by
//   GET /emulation/{id}                    one: what is measured, its figures, what was said
//   GET /emulation/{id}/lines/{line}       the proof of one line of the ledger
#pragma once

#include "base/result.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::emulation {

Result<http::Response> list_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> model_page(const http::Request& request, db::Read& read, Instant now);
Result<http::Response> line_proof(const http::Request& request, db::Read& read);

}  // namespace ln::emulation
