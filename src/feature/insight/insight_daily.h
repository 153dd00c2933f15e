// What the daily public facts say, counted from the entries of the ledger alone, so that whoever
// has them counts the same again.
//
// Which cases: those of the figures (insight.h). Cases about conduct and protected ones are counted
// for the whole city only; what clerks typed for others is left out; erasures are all counted.
//
// No count below the floor can be read or computed. Each count is given once, for one stretch of
// days of one unit; the stretches of a unit and figure follow each other without a gap and never
// overlap, and none is given with fewer than five cases (ten where conduct and protected reports
// are counted). There are no totals beside them. So whatever is added to or taken from what, each
// answer is a sum of whole stretches. A stretch ends on a day that it began on itself, else on a
// Sunday, and what touches protected reports only with a quarter; until it is large enough it goes
// on (ONS and others publish by such a threshold rule with longer periods).
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/time.h"
#include "core/ledger/ledger_public.h"
#include "core/ledger/ledger_sum.h"

namespace ln::insight {

// Where a case counts.
enum class Group : std::uint8_t { counted, apart, left_out };

// An event as the count sees it.
struct Happened {
  std::int64_t id = 0;  // of the entry
  ledger::Event event{};
  std::int64_t subject = 0;  // the case
  std::int64_t seq = 0;      // the event's place in it
  Group group = Group::left_out;
  Instant at{};
  std::string unit{};            // code
  std::optional<Instant> due{};  // by when to answer, as it stood then
  bool is_signed = false;        // by the sender
  bool is_part = false;          // of a letter that was counted already (ledger_part.h)
  std::string reason{};          // of an erasure
};

// Counts. Pure; copies are independent.
class DailyCount {
 public:
  struct Closed {
    std::vector<ledger::CountRow> counts;
    std::vector<std::vector<ledger::Counted>> cases;  // which each of these rows counts
    std::vector<std::pair<std::string, std::int64_t>> erased;
  };

  // `first` is the first day of the log.
  explicit DailyCount(Day first) : first_(first), next_(first) {}

  // In the order of the log.
  void take(Happened happened) { waiting_.push_back(std::move(happened)); }
  // Ends `day`, having seen the first `lines` lines of the log. Events that are said to be of a day
  // that was ended before count as of this one. Precondition: day >= next().
  Closed close(Day day, std::int64_t lines);
  // The first day that was not ended.
  Day next() const { return next_; }

 private:
  // The place of a count: unit and figure.
  using Place = std::pair<std::string, std::size_t>;
  using Cases = std::vector<ledger::Counted>;
  struct Bucket {
    std::map<Place, Cases> counts;
    std::map<std::string, std::int64_t> erased;
  };
  struct Pending {
    Day from;
    Cases cases{};
  };
  // A case without an answer.
  struct Open {
    Instant due;
    std::string unit;
    Group group;
    bool is_overdue = false;  // and counted so
  };
  using Opens = std::unordered_map<std::int64_t, Open>;

  Bucket& bucket_of(Day day) { return buckets_[std::max(day, next_)]; }
  void count(Day day,
             std::size_t figure,
             Group group,
             const std::string& unit,
             const ledger::Counted& which);
  void apply(const Happened& happened);
  // The case is answered or over.
  void end(const Happened& happened, bool is_answer);
  void ripen(Day day, Closed& closed);

  Day first_, next_;
  std::deque<Happened> waiting_;
  std::map<Day, Bucket> buckets_;
  std::map<Place, Pending> pending_;
  Opens open_;
  std::set<std::pair<Instant, std::int64_t>> due_;  // open and not overdue
};

}  // namespace ln::insight
