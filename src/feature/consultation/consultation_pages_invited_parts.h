// What the pages of invited bodies share. For this room's pages only.
#pragma once

#include <string_view>
#include <vector>

#include "core/attachment/attachment.h"
#include "feature/consultation/consultation_store_invitation.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

namespace ln::consultation {

// "Trả lời đúng hạn", "Trả lời muộn 3 ngày", "Quá hạn 3 ngày, chưa trả lời", "Còn hạn". One that
// was taken back keeps what it had come to before, beside the day on which it was.
html::Fragment punctuality_badge(const html::View& view, const Invitation& invitation, Day today);
// The day on which bodies are looked at: today, and from the decision on the day of the decision.
Day day_of_invited(db::Read& read, ConsultationId id, Instant now);
// One row for each: name, its day, how it stands, how many comments it sent.
html::Fragment invited_table(const html::View& view,
                             const std::vector<CountedInvitation>& all,
                             Day today);

// Files of replies, in the order sent; those that were removed with their reply are left out.
std::vector<attachment::Attachment> files_of_replies(db::Read& read,
                                                     const std::vector<Comment>& replies);
// Links to the files of one reply, below `page`; nothing for none.
html::Fragment file_links(const html::View& view,
                          const std::vector<attachment::Attachment>& files,
                          CommentId reply,
                          const html::Url& page);
// How many files came with a reply of an invited body, for lists that everybody reads; nothing for
// none, and for other comments.
html::Fragment withheld_files(const html::View& view, db::Read& read, const Comment& comment);
// How many invitations of a draft were taken back; nothing for none.
html::Fragment withdrawn_count(const html::View& view, db::Read& read, ConsultationId id);
// The file that the request's {token} names, when it belongs to a reply of the invitation. Refuses
// (not_found) any other. Whether the reader may have it is for the caller to know.
Result<http::Response> file_of_reply(const http::Request& request,
                                     db::Read& read,
                                     SourceId invitation);

}  // namespace ln::consultation
