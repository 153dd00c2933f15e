// Topics and the history of changes, for administrators of the city. app/routes_staff names them:
//
//   GET  /staff/administration                  administration_page: the rooms, and the history
//   POST /staff/administration                  undo_post: undo=17
//   GET  /staff/administration/topics           topics_page: the tree
//   GET  /staff/administration/topics/{topic}   topic_page: its form; "new" is an empty one
//   POST /staff/administration/topics/{topic}   topic_post: refuses (invalid) beside the fields
#pragma once

#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/http/http.h"

namespace ln::feedback::administration {

Result<http::Response> administration_page(const http::Request& request,
                                           db::Read& read,
                                           people::Administrator administrator);
Result<http::Pending> undo_post(const http::Request& request,
                                people::Administrator administrator,
                                Instant now);
Result<http::Response> topics_page(const http::Request& request,
                                   db::Read& read,
                                   people::Administrator administrator);
Result<http::Response> topic_page(const http::Request& request,
                                  db::Read& read,
                                  people::Administrator administrator);
Result<http::Pending> topic_post(const http::Request& request,
                                 db::Read& read,
                                 people::Administrator administrator,
                                 Instant now);

}  // namespace ln::feedback::administration
