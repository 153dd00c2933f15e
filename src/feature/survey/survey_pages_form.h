// Forms: for everybody to read, with their sources and what of them nobody has confirmed; for
// administrators to write the next version of.
//
//   GET  /surveys/forms                the newest of each
//   GET  /surveys/forms/{id}           one version; its file is /surveys/forms/{id}/file
//   GET  /staff/surveys/forms/{id}     its file to change; POST: the next version
#pragma once

#include "core/people/people_session.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::survey {

Result<http::Response> forms_page(const http::Request& request, db::Read& read);
Result<http::Response> form_page(const http::Request& request, db::Read& read);
Result<http::Response> form_file(const http::Request& request, db::Read& read);
Result<http::Response> edit_page(const http::Request& request,
                                 db::Read& read,
                                 people::Administrator administrator);
Result<http::Pending> edit_post(const http::Request& request,
                                db::Read& read,
                                people::Administrator administrator,
                                Instant now);

}  // namespace ln::survey
