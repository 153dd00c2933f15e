// The page before the calendar changes: what will be, and which deadlines would move by it. For the
// page on which it is changed only.
#pragma once

#include <string>
#include <vector>

#include "core/workdays/workdays.h"
#include "feature/feedback/feedback_actions_recount.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

namespace ln::feedback::staff {

// The document around the pages of the calendar.
std::string calendar_frame(const html::View& view, const html::Fragment& body, bool has_errors);

// The open cases among those due next whose date would move. Each was counted by its own calendar.
struct Preview {
  std::vector<Moved> moved = {};
  bool is_all = true;
};
// `edits` make `next` of `now_is`. Looks at two thousand cases at most.
Preview preview_of(db::Read& read,
                   const workdays::Calendar& now_is,
                   const workdays::Calendar& next,
                   const std::vector<workdays::Edit>& edits);
// With a button that sends what was `typed` once more, to be done.
std::string preview_page(const html::View& view,
                         const http::Fields& typed,
                         const std::vector<workdays::Edit>& edits,
                         const Preview& preview,
                         std::int64_t revision);

}  // namespace ln::feedback::staff
