// Cases of another system, in. app/routes_exchange names them:
//
//   GET  /staff/exchange/import   import_page
//   POST /staff/exchange/import   import_post: a file shows what would become of it; apply=1 with
//                                 `source` and `text` does it                  Runs::on_worker
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "feature/feedback/feedback_actions_foreign.h"
#include "platform/http/http.h"

namespace ln::feedback::exchange {

Result<http::Response> import_page(const http::Request& request, db::Read& read, Importer importer);
Result<http::Pending> import_post(
    const http::Request& request, db::Read& read, Random& random, Importer importer, Instant now);

}  // namespace ln::feedback::exchange
