// Desks: what is overdue, where trust is falling, what was promised, for whoever leads the city or
// a unit; and for each officer the mirror of their own work, which nobody else sees.
//
// Lists hold what the queue shows to everybody who works there: no cases about conduct, protected,
// held or erased ones.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feature/commitment/commitment.h"
#include "feature/feedback/feedback.h"
#include "feature/insight/insight_board.h"

namespace ln::insight {

struct DeskCase {
  std::string code{}, title{}, unit_name{};
  bool in_english = false;
  feedback::State state{};
  Instant due{};
  std::optional<Day> promised{};
  std::int64_t transfer_count = 0;
};
// A promise that is no case in hand: made in a dialogue, for a point of a draft, at a desk; or a
// broken one, wherever it was made.
struct Owed {
  std::int64_t commitment = 0;
  std::string text{}, unit_name{};  // no text where its words are for its case alone
  Day due_on{};
  commitment::State state{};
};
// What of one unit is late, without what stands below it.
struct LateUnit {
  units::UnitId unit{};
  std::string name{};
  std::int64_t open = 0, late = 0, promises_late = 0;
};

// A promise counts once, whether its case is in hand or not: as a commitment, and before it is one
// as the case. What was broken and is not done yet is past its day.
struct Desk {
  std::int64_t open = 0, late = 0, promised = 0, promises_late = 0;
  std::vector<LateUnit> units{};        // that have something late, the most first
  std::vector<DeskCase> overdue{};      // the longest first
  std::vector<DeskCase> promises{};     // by their day, up to fourteen days ahead
  std::vector<Owed> owed{};             // the same; broken ones as well
  std::vector<DeskCase> sent_around{};  // open, and sent on twice or more
};
inline constexpr std::int64_t desk_lines = 10;
inline constexpr std::chrono::days promises_ahead{14};

// Where a figure moved down, and by how much, as far as a test shows it.
struct Fall {
  const units::Unit* unit = nullptr;
  std::string_view figure{};  // believed, report_again, satisfied or on_time
  stats::Share before{}, after{};
};
// Of the units at or below `path`: the last two quarters that are over against the two before
// them, where all that are needed are told. Shown by stats::difference_of at 95 % for each.
std::vector<Fall> falls_within(const Board& board, std::string_view path);
// Whether those four quarters are told of anything at all at or below `path`.
bool has_quarters(const Board& board, std::string_view path);
// The same of the last thirteen weeks against the thirteen before, for a city that does not listen
// for so long: of `top` with all below it, and of each unit below.
std::vector<Fall> falls_in_weeks(const Settled& settled, const units::Unit& top);

// An officer's own work of the last ninety days.
struct Mirror {
  std::int64_t open = 0, late = 0, soon = 0;  // in hand now; due within three days
  stats::Share on_time{};                     // first answers
  std::optional<std::int64_t> median_days{};  // from coming in to the first answer
  std::int64_t answered = 0, reopened = 0;
  stats::Ratings ratings{};  // of those answers; not shown below five
};
inline constexpr std::chrono::days mirror_period{90};
inline constexpr std::int64_t mirror_letters = 20;

// What stands out in somebody's last letters, in plain words.
struct Habits {
  std::int64_t letters = 0;
  std::int64_t brief = 0, formula = 0, no_day = 0, long_sentence = 0, no_who = 0, no_done = 0;
};
Habits habits_of(const std::vector<std::string>& letters);

}  // namespace ln::insight
