// The editor of forms: an administrator makes the next version field by field, without a script.
//
//   GET  /staff/surveys/forms                            all forms, and the drafts there are
//   POST /staff/surveys/forms/{id}/draft                 begins the draft of one
//   GET  /staff/surveys/drafts/new                       a form that did not exist; POST
//   GET  /staff/surveys/drafts/{id}                      the draft: its questions in their order
//   POST /staff/surveys/drafts/{id}/arrange              up, down, copy
//   GET  /staff/surveys/drafts/{id}/about                name, source, formula, sections; POST
//   GET  /staff/surveys/drafts/{id}/add                  the kind, then ("?kind=") its fields; POST
//   GET  /staff/surveys/drafts/{id}/questions/{question} one question; POST
//   GET  /staff/surveys/drafts/{id}/questions/{question}/out    asks once; POST takes it out
//   GET  /staff/surveys/drafts/{id}/preview              as it will look; sends nothing
//   GET  /staff/surveys/drafts/{id}/file                 its file; POST takes one in
//   POST /staff/surveys/drafts/{id}/use, /drop           the next version; thrown away
#pragma once

#include "base/random.h"
#include "core/people/people_session.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::survey::draft {

using people::Administrator;

Result<http::Response> list_page(const http::Request&, db::Read&, Administrator);
Result<http::Pending> begin_post(const http::Request&, db::Read&, Administrator, Instant now);
Result<http::Response> draft_page(const http::Request&, db::Read&, Administrator);
Result<http::Pending> arrange_post(const http::Request&, db::Read&, Administrator, Instant now);
Result<http::Response> out_page(const http::Request&, db::Read&, Administrator);
Result<http::Pending> out_post(const http::Request&, db::Read&, Administrator, Instant now);
Result<http::Pending> use_post(const http::Request&, db::Read&, Administrator, Instant now);
Result<http::Pending> drop_post(const http::Request&, db::Read&, Administrator, Instant now);
Result<http::Response> preview_page(const http::Request&, db::Read&, Administrator);

Result<http::Response> new_page(const http::Request&, db::Read&, Administrator, Random&);
Result<http::Pending> new_post(
    const http::Request&, db::Read&, Administrator, Random& random, Instant now);
Result<http::Response> about_page(const http::Request&, db::Read&, Administrator);
Result<http::Pending> about_post(const http::Request&, db::Read&, Administrator, Instant now);
Result<http::Response> file_page(const http::Request&, db::Read&, Administrator);
Result<http::Pending> file_post(const http::Request&, db::Read&, Administrator, Instant now);

Result<http::Response> add_page(const http::Request&, db::Read&, Administrator);
Result<http::Pending> add_post(const http::Request&, db::Read&, Administrator, Instant now);
Result<http::Response> question_page(const http::Request&, db::Read&, Administrator);
Result<http::Pending> question_post(const http::Request&, db::Read&, Administrator, Instant now);

}  // namespace ln::survey::draft
