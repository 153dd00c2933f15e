// How a unit works: whether a second officer reads its answers, and the texts it begins with. For
// its head, the heads above it, and administrators. app/routes_staff names them:
//
//   GET  /staff/practice                      practice_page, ?unit=CODE
//   POST /staff/practice                      change_practice
//   GET  /staff/practice/texts/{number}       text_page
//   POST /staff/practice/texts/{number}       change_text: act=save or act=remove
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "core/people/people_session.h"
#include "feature/feedback/feedback_store_comfort.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

namespace ln::feedback::staff {

using Manager = people::As<people::Role::head, people::Role::administrator>;

Result<http::Response> practice_page(const http::Request& request,
                                     db::Read& read,
                                     Manager manager,
                                     Instant now);
Result<http::Pending> change_practice(const http::Request& request,
                                      db::Read& read,
                                      Manager manager,
                                      Instant now);
Result<http::Response> text_page(const http::Request& request, db::Read& read, Manager manager);
Result<http::Pending> change_text(const http::Request& request,
                                  db::Read& read,
                                  Manager manager,
                                  Instant now);

// The texts an office may begin a letter about this case with, filled for it in its sender's
// language; of its own unit first.
std::vector<Template> filled_templates(db::Read& read, const Feedback& feedback, Instant now);
// A choice among them that brings the form at `form` back with the text in it; nothing for none.
html::Fragment template_choice(const html::View& view,
                               const std::vector<Template>& filled,
                               const html::Url& form);

}  // namespace ln::feedback::staff
