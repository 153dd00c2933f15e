// The public part of projects for machines (docs/formats/api.md): nothing of a household.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::project {

// GET /api/v1/projects: the newest first.
Result<http::Response> list_api(const http::Request& request, db::Read& read);
// GET /api/v1/projects/{id}: with its rounds; figures that are withheld are null. Refuses
// (not_found).
Result<http::Response> project_api(const http::Request& request, db::Read& read);
// GET /api/v1/projects/{id}/items: what was published, the newest first, without the texts, which
// the page of each item holds.
Result<http::Response> items_api(const http::Request& request, db::Read& read);

}  // namespace ln::project
