// Insight: what the public may know in numbers. It reads every room and owns no facts.
//
// Every figure has a numerator, a denominator and an interval. Left out of all of them: cases about
// officials' conduct (published apart, by quarter, from ten on), protected cases, and what clerks
// typed for others. Nothing is published about fewer than five cases.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"
#include "core/ledger/ledger.h"
#include "core/units/units.h"
#include "engine/stats/stats.h"

namespace ln::insight {

// Cases received in a period, as they stand at one instant.
struct Counts {
  std::int64_t received = 0;
  std::int64_t answered = 0;      // at least once
  std::int64_t on_time = 0;       // first answer not after the first due instant
  std::int64_t overdue_open = 0;  // no answer yet, the due instant is past, the clock runs
  std::int64_t open = 0;          // somebody in an office still has to do something
  std::int64_t declined = 0;      // refused, or passed to another body
  std::int64_t reopened = 0;      // the citizen refused the answer at least once
  std::int64_t solved = 0;        // closed by the citizen's acceptance, never by silence
  stats::Ratings ratings{};
  // Of those who said so beside their rating: would report again, believed the answer.
  stats::Share again{}, believed{};

  // Of the cases that were answered or should have been: those answered on time.
  stats::Share on_time_share() const { return {on_time, answered + overdue_open}; }
  void add(const Counts& other);
};

struct UnitCounts {
  units::Unit unit;
  Counts counts;
  stats::Band band = stats::Band::too_few;  // of its on-time share against the city's
};

struct Figures {
  Instant from{}, to{};
  Counts city{};
  std::vector<UnitCounts> units{};          // in Vietnamese alphabetical order
  std::vector<std::int64_t> most_viewed{};  // ids of published cases, the most viewed first
  std::int64_t leaf_count = 0;              // of the ledger when they were counted
};

// City totals of a calendar month.
struct Month {
  Day first;
  Counts counts;
};

// City totals of those who sent as a person, an organisation or a business; "" is what open data
// does not tell, because fewer than five share it.
struct SenderCounts {
  std::string sender;
  Counts counts;
};

// Cases erased on one day, by the word of the reason.
struct ErasedDay {
  Day day{};
  std::map<std::string, std::int64_t> counts{};
};

// The published figures. They are sums of whole classes of open data (insight_open.h), so whatever
// is added to or taken from each other gives sums of whole classes, and never a small count; they
// stand still until the next week is told, so looking again tomorrow tells of nobody; and each has
// an address at which everybody gets the same (docs/decisions/0056).
struct Settled {
  std::optional<Day> sunday{};          // the last day that is told; null: no week is told yet
  Figures month{}, quarter{}, year{};   // the last 30, 90 and 365 days up to it
  Figures weeks{}, weeks_before{};      // the last thirteen weeks, and the thirteen before them
  std::vector<Month> months{};          // calendar months, the oldest first, by where a class ended
  std::vector<SenderCounts> senders{};  // of the last thirty days
};

// What is no figure about cases, and changes little in an hour.
struct LongFigures {
  Instant at{};
  // Lines of the ledger of thirty days up to the last Sunday, by the word of their event.
  std::vector<std::pair<ledger::Event, std::int64_t>> events{};
  std::vector<ErasedDay> erased{};  // of the last thirty whole days, the newest first
};

// People who gave 4 or 5, of all who rated; 3 is "acceptable" and never counted as satisfied.
stats::Share satisfied_of(const stats::Ratings& ratings);

// The counts of one unit and everything below it.
Counts counts_within(const Figures& figures, std::string_view path);

// The five colours of the map, from the on-time share; 0 where there are too few to say.
int map_class(stats::Share on_time);

}  // namespace ln::insight
