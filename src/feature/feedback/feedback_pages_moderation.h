// What is hidden from the public, told to the public: on the page of a case, and as a log of all.
//
//   GET /moderation           the log: day, office, kind and reason, newest first, with counts
//   GET /api/v1/moderation    the same for machines
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "feature/feedback/feedback_store_moderation.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

namespace ln::feedback {

// A public text in the reader's language: the marks are spoken in it, the words stay.
std::string with_spoken_marks(const html::View& view, std::string_view text);

// "Che bớt: số điện thoại (2), tên người" of one row.
std::string said_of(const html::View& view, const Moderation& row);

// The rows of one case, newest first; nothing for none.
html::Fragment moderation_list(const html::View& view, std::span<const Moderation> rows);

Result<http::Response> moderation_page(const http::Request& request, db::Read& read);
Result<http::Response> moderation_api(const http::Request& request, db::Read& read);

}  // namespace ln::feedback
