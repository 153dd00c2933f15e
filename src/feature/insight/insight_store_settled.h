// Counting the published figures: sums of whole classes of open data (insight_open.h). Reads
// insight_class and insight_member, writes nothing.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "feature/insight/insight_store_open.h"
#include "platform/db/db.h"

namespace ln::insight {

// So many members of the classes of one unit that ended on one Sunday, with one outcome.
struct ToldRow {
  std::int64_t unit = 0;
  Day to{};
  std::string sender{};  // "": not told
  std::int64_t outcome = 0, count = 0;
};
// Those of stretches that end in [first, last].
void each_told(db::Read& read,
               What what,
               Day first,
               Day last,
               const std::function<void(const ToldRow&)>& take);

// Cases and ratings of stretches that end in [first, last], of the whole city and of each unit
// without what stands below it, with the band of each; in Vietnamese alphabetical order.
Figures count_told(db::Read& read, Day first, Day last);
// All that the pages of figures print, as of the last week that is told. One walk over a year of
// classes.
Settled count_settled(db::Read& read, Instant now);

// What one figure is counted from: where, when, and whether what stands below a unit is with it.
struct Asking {
  What what = What::cases;
  std::optional<units::Unit> unit{};  // null: the whole city
  bool with_below = false;
  Day first{}, last{};
};
// How many members with each outcome; added up by the database, so it is whole however many there
// are.
std::vector<std::pair<std::int64_t, std::int64_t>> outcomes_of(db::Read& read,
                                                               const Asking& asking);

struct StretchRow {
  Day from{}, to{};
  std::int64_t outcome = 0, count = 0;
};
// The newest stretches first, at most `stretches` of them; of a city and of a unit with those below
// week by week.
std::vector<StretchRow> stretches_of(db::Read& read, const Asking& asking, std::size_t stretches);

// Rows of whole classes after the class with the number `after`, in the order of their numbers;
// whole classes only, and of about `limit` rows.
struct ClassRows {
  std::vector<ClassRow> rows{};
  std::optional<std::int64_t> next{};  // ask again after this one; null: that was all
};
ClassRows class_rows_of(db::Read& read,
                        const Asking& asking,
                        std::int64_t after,
                        std::int64_t limit);

}  // namespace ln::insight
