// One public figure: what it means, what was divided by what, and the rows behind it.
#pragma once

#include "base/result.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::insight {

// GET /figures/{figure}?unit=&period= : `figure` is a name of definitions(), or of room_figures()
// (insight_pages_room.h); `unit` a code in force
// today, or nothing for the city; `period` last30, last90, last365, 2026-11, 2026-Q4 or 2026.
// Counted from the rows of open data as they stand, so that everybody gets the same from the files.
Result<http::Response> figure_page(const http::Request& request, db::Read& read, Instant now);
// GET /figures/{figure}/rows.csv with the same questions: one line for each kind of row, and how
// often it stands in the files.
Result<http::Response> figure_rows(const http::Request& request, db::Read& read, Instant now);

}  // namespace ln::insight
