// Settings as a file, for administrators of the city. app/routes_administration names them:
//
//   GET  /staff/administration/file                 settings_file_page
//   POST /staff/administration/file                 settings_file_post: a file shows what it would
//                                                   change; apply=1 with `text` and `seen` does it
//   GET  /staff/administration/file/settings.jsonl  settings_file_get: the file itself
#pragma once

#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/http/http.h"

namespace ln::feedback::administration {

Result<http::Response> settings_file_page(const http::Request& request,
                                          db::Read& read,
                                          people::Administrator administrator);
Result<http::Response> settings_file_get(const http::Request& request,
                                         db::Read& read,
                                         people::Administrator administrator,
                                         Instant now);
Result<http::Pending> settings_file_post(const http::Request& request,
                                         db::Read& read,
                                         people::Administrator administrator,
                                         Instant now);

}  // namespace ln::feedback::administration
