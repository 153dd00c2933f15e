// Rows of days of reception, and the figures made of them. No rules.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feature/reception/reception.h"
#include "platform/db/db.h"

namespace ln::reception {

ReceptionId insert(db::Write& write, const Reception& reception);
// Writes what may change, when the row still has the revision it was read with; false otherwise.
bool save(db::Write& write, const Reception& reception);
std::optional<Reception> find(db::Read& read, ReceptionId id);
// Whether somebody of this office receives on that day already; cancelled days do not count.
bool is_announced_on(db::Read& read, units::UnitId unit, std::string_view receiver, Day day);

// Those of today and later, or those before today, the nearest first; at `from` (0 is the first)
// and at most `limit`. Of one unit when it is given: announced by `unit`, or kept by `keeper`.
struct Wanted {
  std::optional<units::UnitId> unit{}, keeper{};
  Instant now{};
  bool is_past = false;
  std::int64_t from = 0, limit = 20;
};
std::vector<Reception> days_of(db::Read& read, const Wanted& wanted);
// The same of units below the one at `path`, without its own.
std::vector<Reception> days_below(db::Read& read, std::string_view path, const Wanted& wanted);
// Other days of the same unit on which somebody may still book, the next first.
std::vector<Reception> next_open(db::Read& read,
                                 const Reception& but,
                                 Instant now,
                                 std::int64_t limit);

struct Event {
  Instant at{};
  Happening what = Happening::announced;
  Instant starts_at{};
  std::string words{};
  std::int64_t line = 0;
};
void insert(db::Write& write, ReceptionId id, const Event& event);
std::vector<Event> events_of(db::Read& read, ReceptionId id);

// How a unit keeps its days and its word, the newest month first, from the month of `since` on.
std::vector<Month> months_of(db::Read& read, units::UnitId unit, Day since, Instant now);
People people_of(db::Read& read, units::UnitId unit, const Quarter& quarter);
// A unit that has announced days, with the written results it owes and has not given in time.
struct Standing {
  units::UnitId unit{};
  std::int64_t overdue = 0;
  std::optional<Instant> next_at{};  // of its next day
  std::int64_t next_id = 0;
};
// Those with the most overdue first.
std::vector<Standing> standings(db::Read& read, Instant now, std::int64_t from, std::int64_t limit);
std::int64_t count_overdue(db::Read& read, units::UnitId unit, Instant now);
// Turns of held days before today of which nobody wrote whether anybody came; also those whose
// words are gone meanwhile, because they can never be written any more.
std::int64_t count_unlogged(db::Read& read, units::UnitId unit, Instant now);
// Objections to what this unit did that nobody above decided in time.
std::int64_t count_undecided(db::Read& read, units::UnitId unit, Instant now);
// Turns that somebody may still book: free, and their time has not come.
std::int64_t free_of(db::Read& read, const Reception& reception, Instant now);

}  // namespace ln::reception
