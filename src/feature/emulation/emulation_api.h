// "Dân vận khéo" models for machines: what their public pages tell, and no more
// (docs/formats/api.md).
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::emulation {

// GET /api/v1/emulation: the newest first.
Result<http::Response> list_api(const http::Request& request, db::Read& read);
// GET /api/v1/emulation/{id}: with its claim and verdict; figures of too few cases are null.
// Refuses (not_found).
Result<http::Response> model_api(const http::Request& request, db::Read& read);

}  // namespace ln::emulation
