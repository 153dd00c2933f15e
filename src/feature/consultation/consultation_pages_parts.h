// What the pages of a consultation share. For this room's pages only.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/campaigns/campaigns.h"
#include "engine/draft/draft_compare.h"
#include "feature/consultation/consultation_store.h"
#include "platform/html/fill.h"
#include "platform/html/spoken.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

namespace ln::consultation {

html::Spoken title_of(const html::View& view, const Consultation& c);
html::Spoken summary_of(const html::View& view, const Consultation& c);

// "/consultations/3", with more behind it.
html::Url page_of(const html::View& view, const Consultation& c);
html::Url clause_url(const html::View& view, const Consultation& c, std::string_view key);
// The search through comments, of one place or (empty) of all.
html::Url comments_url(const html::View& view, const Consultation& c, std::string_view clause = {});

// "Điều 5", "khoản 2 Điều 5", "cả dự thảo".
std::string cited(const html::View& view, std::string_view key);

// Where it stands: "Còn 9 ngày, đến 02/12/2026".
html::Fragment stage_badge(const html::View& view, const Consultation& c, Instant now);
// The list of facts under a title: stage, how many comments, who drafts.
html::Fragment meta(const html::View& view,
                    const Consultation& c,
                    std::int64_t comments,
                    std::string_view unit,
                    Instant now);

// What was promised for one point, or (0) for all points of a draft, and how it stands; nothing
// when nothing was.
html::Fragment promises_part(
    const html::View& view, db::Read& read, ConsultationId id, std::int64_t point, Instant now);

// Words that were taken out and put in, with <del> and <ins>.
html::Fragment marked_differences(const std::vector<draft::Piece>& pieces);
inline constexpr bool may_be_read(const Consultation& c) { return c.stage != Stage::editing; }

// A consultation that everybody may read, its version and the structure of it.
struct Opened {
  Consultation consultation;
  Version version;
  draft::Draft draft;
};
// Refuses (not_found) one that is not there or not published; `number` 0: the version read now.
Result<Opened> opened(const http::Request& request, db::Read& read, std::int64_t number = 0);

// The heading and words of one piece alone; empty for a key that is not there.
std::string own_words(const draft::Draft& draft, std::string_view key);
// The text of one piece, its paragraphs, and those of what stands below it.
html::Fragment text_of(const html::View& view, const draft::Draft& draft, std::size_t at);

// The same, or, when it has more than `size_max` bytes, its part `number` (consultation_sheets.h),
// and where the rest is read.
html::Fragment text_within(const html::View& view,
                           const Opened& open,
                           std::size_t at,
                           std::size_t size_max,
                           std::size_t number = 0);

// One comment as everybody reads it. `extra` stands below it (a button). `own`: what of its words
// is not the letter it stands with, which is marked.
html::Fragment comment_item(const html::View& view,
                            const Comment& comment,
                            std::int64_t version_now,
                            const html::Fragment& extra = {},
                            const std::vector<campaigns::Span>& own = {});

// Who a browser is in one consultation: a mark of its token, other in every consultation.
inline constexpr std::string_view participant_cookie = "ln_part";
std::string mark_of(ConsultationId id, std::string_view token);
// The token that came with the request, when it can be one.
std::optional<std::string> token_in(const http::Request& request);
std::string draw_token(Random& random);

}  // namespace ln::consultation
