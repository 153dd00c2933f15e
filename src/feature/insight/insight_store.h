// Counting. Reads the tables of other rooms, writes none.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "feature/insight/insight.h"
#include "platform/db/db.h"

namespace ln::insight {

// Of the whole city: cases received in [from, now), and those of them that are overdue at `now`;
// what is viewed most, and the size of the ledger. Held ones and parts that were put back are left
// out, as in open data. No unit and no rating: what moves with each message may tell of nothing
// smaller than the city, and pages print it in steps (moment_text).
Figures count_moment(db::Read& read, Instant from, Instant now);

// Erased cases of the whole days in [from, to), the newest day first. All are counted, whatever
// they were about: an erasure must not be able to hide.
std::vector<ErasedDay> count_erased(db::Read& read, Instant from, Instant to);

// A published case in a list of the home page.
struct Line {
  std::string code, title, unit_name;
  Instant received_at{}, closed_at{};
  std::int64_t view_count = 0;
};
std::vector<Line> recently_solved(db::Read& read, std::int64_t limit);
// What was looked at most among what was published since; reads all of it.
std::vector<std::int64_t> most_viewed(db::Read& read, Instant since, std::int64_t limit);
// Those of `ids` that may be ranked (still), in that order.
std::vector<Line> lines_of(db::Read& read, const std::vector<std::int64_t>& ids);

// How often cases of each unit went up to the unit above in [from, to), because their date had
// passed, by its number; those that are not there have none. As in the figures, protected ones and
// those about conduct are left out.
std::map<std::int64_t, std::int64_t> count_gone_up(db::Read& read, Instant from, Instant to);

}  // namespace ln::insight
