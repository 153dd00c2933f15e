// Grouping what is loose, and reading letters: one turn of a job that has a thread of its own.
#pragma once

#include <cstdint>
#include <functional>

#include "base/random.h"
#include "base/time.h"
#include "platform/db/db.h"

namespace ln::consultation {

struct GroupingTools {
  std::function<Instant()> clock;
  std::function<bool()> is_stopping = [] { return false; };
};
// A grouping of which nothing was heard for so long is begun again: its machine is gone.
inline constexpr std::chrono::minutes grouping_dead_after{2};

// Does the oldest grouping that was asked for, over all comments that the machine never placed;
// whether there was one. Letters (consultation_letter.h) become a point each, or join the point of
// the same letter as long as nobody answered it; the rest stands clause by clause. A comment of a
// letter that speaks of another clause than the letter stays loose for a person. While it is at
// work the row of the grouping tells how far it is; whoever is stopped, or finds that another
// version of the draft was published meanwhile, begins again. Of more letters than one turn makes
// points of, the smaller stay loose for the next. What throws ends the grouping, which says so.
bool group_next(db::Database& database, Random& random, const GroupingTools& tools);

// Reads some of the letters again whose comments changed, and what each comment adds to its letter;
// how many. One that throws is logged and left for ten minutes.
std::int64_t read_letters(db::Database& database, Random& random, const GroupingTools& tools);

}  // namespace ln::consultation
