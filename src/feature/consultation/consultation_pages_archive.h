// The archive of a decided consultation:
//
//   GET /consultations/{id}/archive            what it is, and its files
//   GET /consultations/{id}/archive/{file}     "manifest.json", "archive-1.zip", …
//   POST /consultations/{id}/share             whether one's answers are published as a row
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::consultation {

Result<http::Response> archive_page(const http::Request& request, db::Read& read);
Result<http::Response> archive_file(const http::Request& request, db::Read& read);
Result<http::Pending> share_post(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now);

}  // namespace ln::consultation
