// What the desk reads before it places: how far the grouping is, and the list of what was said by
// place, clause, source, words of one's own and words to look for. For this room's pages only.
#pragma once

#include <string>

#include "base/random.h"
#include "feature/consultation/consultation_pages_points_parts.h"
#include "feature/consultation/consultation_store_inbox.h"

namespace ln::consultation::staff {

// The button that asks for grouping; while it is at work how far it is; what was undone lately.
html::Fragment grouping_part(const PointDesk& desk, db::Read& read);

// What the query asks for, as understood: a list that can be passed on as a link.
InboxAsked inbox_asked(const PointDesk& desk);
html::Url inbox_url(const PointDesk& desk, const InboxAsked& asked);
html::Fragment inbox_part(const PointDesk& desk, db::Read& read, const Error* error);

// Whether as many are found as the form said: refuses (conflict) beside "comment" when the list
// changed since it was read, and (invalid) more than go at once.
Result<Done> check_found(const PointDesk& desk, db::Read& read);
// All that is found under one point.
Result<http::Pending> place_found_post(const PointDesk& desk, db::Read& read, Random& random);

}  // namespace ln::consultation::staff
