// The site's words and looks, for administrators of the city. app/routes_administration names them:
//
//   GET  /staff/administration/site/texts   texts_page
//   POST /staff/administration/site/texts   texts_post
//   GET  /staff/administration/site/theme   theme_page
//   POST /staff/administration/site/theme   theme_post: do=preview shows the page in the colours
//   GET  /staff/administration/site/emblem  emblem_page
//   POST /staff/administration/site/emblem  emblem_post: a picture shows it; picture=HASH puts it
//   on
//                                           (Runs::on_worker: pictures are decoded in a sandbox)
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "core/people/people_session.h"
#include "platform/http/http.h"

namespace ln::settings {

Result<http::Response> texts_page(const http::Request& request,
                                  db::Read& read,
                                  people::Administrator administrator);
Result<http::Pending> texts_post(const http::Request& request,
                                 db::Read& read,
                                 people::Administrator administrator,
                                 Instant now);
Result<http::Response> theme_page(const http::Request& request,
                                  db::Read& read,
                                  people::Administrator administrator);
Result<http::Pending> theme_post(const http::Request& request,
                                 db::Read& read,
                                 people::Administrator administrator,
                                 Instant now);
Result<http::Response> emblem_page(const http::Request& request,
                                   db::Read& read,
                                   people::Administrator administrator);
Result<http::Pending> emblem_post(const http::Request& request,
                                  db::Read& read,
                                  people::Administrator administrator,
                                  Random& random,
                                  Instant now);

}  // namespace ln::settings
