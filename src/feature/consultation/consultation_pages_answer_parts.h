// What the pages of points share. For this room's pages only.
#pragma once

#include <string>
#include <string_view>

#include "feature/consultation/consultation_actions_table.h"
#include "feature/consultation/consultation_pages_parts.h"

namespace ln::consultation {

html::Url answers_url(const html::View& view, ConsultationId id);
html::Url answer_url(const html::View& view, const Issue& issue);

// Whether everybody may read the answer: it was given, even when it is looked at again now.
inline bool is_told(const Issue& issue) { return issue.answer.has_value(); }

// How it was answered, as a badge: "Tiếp thu", "Đang xem lại".
html::Fragment answer_badge(const html::View& view, const Issue& issue);
// The answer: badge, where it was taken up, the words there, the reason.
html::Fragment answer_part(const html::View& view, const Consultation& c, const Issue& issue);
// That it was decided, when, by which lines of the ledger; what was decided. Nothing without one.
html::Fragment decision_part(const html::View& view,
                             db::Read& read,
                             const Consultation& c,
                             bool in_full);

// Where a page begins that was asked to begin at `asked`: at most at the last page.
std::int64_t first_row(std::int64_t asked, std::int64_t on_page, std::int64_t all);
// Ways to the page before and after of a list whose pages begin at "from"; nothing when one page
// holds it all.
struct RowsPlace {
  std::int64_t from = 0, on_page = 1, all = 0;
};
html::Fragment rows_pager(const html::View& view, const html::Url& url, RowsPlace place);

}  // namespace ln::consultation
