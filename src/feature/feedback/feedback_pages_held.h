// The page of a text that is kept and not handled, the lawful way wherever it is told, what the
// ombudsman sees, and the public page that explains the difference. The routes are named in
// app/routes_feedback and app/routes_staff:
//
//   GET  /not-feedback               not_feedback_page
//   POST /feedback/{code}/discard    discard_post: its sender takes the text away
//   GET  /staff/held                 held_list_page: code, sort and day; no word of a text
//   POST /staff/held                 read_held_post: the text, for a reason that is logged
#pragma once

#include <optional>
#include <string_view>

#include "base/random.h"
#include "core/attachment/attachment.h"
#include "core/people/people_citizen_session.h"
#include "core/people/people_session.h"
#include "feature/feedback/feedback_store_held.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

namespace ln::feedback {

// What the law says on the day of `from`: what it is, whom to send it to, how, and by when, each
// with its source. The dates are counted for whoever hands it in on that day, step by step; the
// last day to send it from `learned_on`, when that was said. `unit`: the office named; may be
// empty.
html::Fragment way_part(const html::View& view,
                        Sort sort,
                        std::string_view unit,
                        Instant from,
                        const std::optional<Day>& learned_on);
// What is kept, who may read it, and for how long.
html::Fragment kept_card(const html::View& view);
// For the page of a case that an office found to be one; empty for all others.
html::Fragment turned_part(const html::View& view,
                           const Feedback& feedback,
                           const std::vector<HeldReading>& readings,
                           Instant now);

// The page of `code` for whoever holds its secret; null when it is no such text of theirs.
std::optional<http::Response> held_page(const http::Request& request,
                                        db::Read& read,
                                        const Code& code);
// A file of it, for the same; null otherwise.
std::optional<http::Response> held_file(const http::Request& request,
                                        db::Read& read,
                                        const Code& code,
                                        const attachment::Attachment& file);
Result<http::Pending> discard_post(
    const http::Request& request, db::Read& read, Random& random, Instant now, people::Citizen who);

Result<http::Response> not_feedback_page(const http::Request& request, db::Read& read, Instant now);

Result<http::Response> held_list_page(const http::Request& request,
                                      db::Read& read,
                                      people::Ombudsman ombudsman);
Result<http::Pending> read_held_post(const http::Request& request,
                                     db::Read& read,
                                     people::Ombudsman ombudsman,
                                     Random& random,
                                     Instant now);

}  // namespace ln::feedback
