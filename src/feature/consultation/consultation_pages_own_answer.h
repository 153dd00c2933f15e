// What the writer of a comment reads of its answer, and may do about it: object, and leave an
// address for letters. For the page of one's own comment.
//
//   GET  /consultations/comments/{code}/contact/{token}   a link from a letter
//   POST /consultations/comments/{code}/contact/{token}   confirms the address
#pragma once

#include <string>
#include <string_view>

#include "feature/consultation/consultation_actions.h"
#include "platform/html/fill.h"
#include "platform/http/http.h"

namespace ln::consultation {

// What was typed into the forms of this part.
struct OwnTyped {
  std::string objection{}, contact{};
};
html::Fragment own_answer_part(const html::View& view,
                               db::Read& read,
                               const Comment& comment,
                               const OwnTyped& typed,
                               const Error* error);
// "object", "contact" and "forget".
bool is_answer_act(std::string_view act);
// Refuses (invalid) what was typed, before anything is written.
Result<Done> check_answer_act(std::string_view act, const OwnTyped& typed);
// Does it and leads back to `page`. `token` goes into the link of a letter.
http::Pending answer_act_post(const http::Request& request,
                              CitizenAct doing,
                              std::string_view act,
                              const OwnTyped& typed,
                              const std::string& token,
                              const std::string& page);

Result<http::Response> contact_page(const http::Request& request, db::Read& read);
Result<http::Pending> contact_post(const http::Request& request, db::Read& read, Instant now);

}  // namespace ln::consultation
