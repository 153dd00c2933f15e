// Counting. Reads the tables of other rooms, writes none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "feature/insight/insight.h"
#include "platform/db/db.h"

namespace ln::insight {

// Cases received in [from, to), as they stand at `now`, of the whole city and of each unit.
Figures count_figures(db::Read& read, Instant from, Instant to, Instant now);

// One unit and everything below it.
Counts count_subtree(db::Read& read, std::string_view path, Instant from, Instant to, Instant now);

// City totals by calendar month, the oldest first; months without a case are there with zeros.
struct Month {
  Day first;
  Counts counts;
};
std::vector<Month> count_months(db::Read& read, int months, Instant now);

// The same, apart for persons, organisations and businesses.
struct SenderCounts {
  std::string sender;
  Counts counts;
};
std::vector<SenderCounts> count_senders(db::Read& read, Instant from, Instant to, Instant now);

// A published case in a list of the home page.
struct Line {
  std::string code, title, unit_name;
  Instant received_at{}, closed_at{};
  std::int64_t view_count = 0;
};
std::vector<Line> recently_solved(db::Read& read, std::int64_t limit);
std::vector<Line> most_viewed(db::Read& read, Instant since, std::int64_t limit);

}  // namespace ln::insight
