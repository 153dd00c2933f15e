// One figure of another room: what it means, what was divided by what, and the rows behind it; and
// the list of all figures.
//
// Told from the files of the newest night, so that everybody gets the same from them.
#pragma once

#include "base/result.h"
#include "feature/insight/insight_rooms.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

namespace ln::insight {

// GET /figures/{figure}?unit=&number= for a name of room_figures(): `unit` a code in force today,
// or nothing for the city; `number` that of a row, for figures of one row each.
Result<http::Response> room_figure_page(const http::Request& request,
                                        db::Read& read,
                                        const RoomFigure& figure,
                                        Instant now);
// GET /figures/{figure}/rows.csv with the same questions: the rows as the files have them.
Result<http::Response> room_figure_rows(const http::Request& request,
                                        db::Read& read,
                                        const RoomFigure& figure,
                                        Instant now);
// GET /figures/definitions?unit= : every published figure with its address.
Result<http::Response> definitions_page(const http::Request& request, db::Read& read, Instant now);

}  // namespace ln::insight
