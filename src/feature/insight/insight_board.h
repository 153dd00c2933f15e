// Dashboards: what the public may see of the city and of each unit over two years, side by side.
//
// A group of people is told when it has at least five members and when no subtraction of told
// groups gives one with fewer: counts are looked at together for all units and all quarters
// (stats::SafeTree). How a group that is told fared is told in full. Cases are those of insight.h;
// a unit's counts hold everything below it. Quarters are calendar quarters in Vietnam, the last
// one is running.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "feature/insight/insight.h"
#include "feature/insight/insight_report.h"

namespace ln::insight {

inline constexpr std::size_t board_quarters = 8;

// Ages of cases on which an office still has to act, by calendar days since they came in.
inline constexpr std::array<int, 4> age_limits = {7, 30, 90, 180};  // up to and with so many days
inline constexpr std::size_t age_classes = age_limits.size() + 1;
using Ages = std::array<std::int64_t, age_classes>;

// Neighbouring classes that are told as one, so that none of the whole city has fewer than five
// cases and takes a neighbour out of sight with it: the first class of each. Nothing is lost but
// the border between them.
std::vector<std::size_t> age_groups(const Ages& city);
// The same counts, each group's in its first class.
Ages grouped(const Ages& ages, std::span<const std::size_t> groups);

// When people write: days of the week from Monday on, each in eight stretches of three hours.
inline constexpr std::size_t week_days = 7, day_blocks = 8;
inline constexpr std::chrono::days rhythm_period{91};  // thirteen whole weeks
using Rhythm = std::array<std::int64_t, week_days * day_blocks>;

// Of the cases of the last four quarters that were answered: how many were rated, and with 4 or 5.
struct Response {
  std::int64_t asked = 0, rated = 0, satisfied = 0;
};

// What one unit did itself, without what stands below it.
struct OwnCounts {
  units::Unit unit{};
  std::array<Counts, board_quarters> quarters{};
  Ages ages{};
  Response response{};
};

// Which counts of a row may be told.
template <std::size_t columns>
struct Told {
  std::array<bool, columns> counts{};
  bool total = false;
};

struct BoardUnit {
  units::Unit unit{};
  std::size_t parent = 0;  // its place in the list; of the city its own
  std::array<Counts, board_quarters> quarters{};
  Ages ages{};
  Response response{};
  // Groups: who sent something, whose case was answered or should have been, who rated.
  Told<board_quarters> received{}, due{}, rated{};
  Told<age_classes> aged{};
  Told<1> asked{}, responded{};

  // Of all quarters together. Null: not told.
  std::optional<Counts> all() const;
  // Shares of one quarter. Null: not told.
  std::optional<stats::Share> on_time(std::size_t quarter) const;
  std::optional<stats::Share> satisfied(std::size_t quarter) const;
  // Of all quarters. Null: not told.
  std::optional<stats::Share> on_time() const;
  std::optional<stats::Ratings> ratings() const;
};

struct Board {
  Instant at{};
  std::optional<Day> sunday{};            // the last that is told; null: none yet
  std::vector<Period> quarters{};         // the oldest first
  std::vector<BoardUnit> units{};         // the city first, each after what it stands below
  std::vector<std::size_t> age_groups{};  // of the ages of all its units
  std::vector<std::optional<std::int64_t>> rhythm{};  // empty when there are too few
  std::int64_t leaf_count = 0;                        // of the ledger when it was counted

  const BoardUnit* find(units::UnitId unit) const;
  // Directly below, in the order of the list.
  std::vector<const BoardUnit*> below(const BoardUnit& unit) const;
};

// The quarters of a board of `today`.
std::vector<Period> board_quarters_on(Day today);

// Adds up and decides what is told. `own`: in any order, with every unit above each, one of them
// the city. What stands below none of the others is taken as standing below the city. Empty: an
// empty board.
std::vector<BoardUnit> board_units_of(std::vector<OwnCounts> own);

// The same weeks by day and stretch, as far as they may be told.
std::vector<std::optional<std::int64_t>> told_rhythm(const Rhythm& rhythm);

// Bands of units by how many are satisfied: only those whose number of ratings is told are
// compared, the others have too few. One for each, in their order.
std::vector<stats::Band> satisfied_bands(std::span<const BoardUnit* const> units);

// The shares of the quarters that are told, the oldest first, for tests of trend and change.
std::vector<stats::Share> told_only(std::span<const std::optional<stats::Share>> all);

}  // namespace ln::insight
