// The daily public facts, read and counted again from the ledger. What they count: insight_daily.h.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/ledger/ledger_verify.h"
#include "feature/insight/insight_daily.h"
#include "platform/db/db.h"

namespace ln::insight {

// A fact is made when its day has been over for so long: what was begun before midnight is in the
// log by then.
inline constexpr std::chrono::hours daily_wait{1};

// Reads the ledger on from where it left off: counts the events, and compares each daily fact with
// what the events before it give.
class DailyReader {
 public:
  void read_on(db::Read& read);

  // The facts of the next day when it is over at `now`; empty when it is not, or nothing ever
  // happened.
  std::vector<ledger::DailyFact> due(Instant now) const;
  // Before this instant nothing is due; null when nothing ever happened.
  std::optional<Instant> due_at() const;
  // Of the last daily fact that was read; 0: none.
  std::int64_t last_fact_id() const { return last_fact_id_; }
  const std::vector<ledger::Fault>& faults() const { return faults_; }

 private:
  void take(const db::Row& row);
  void compare(std::int64_t id, const std::string& payload);
  void fault(std::int64_t id, std::string what);

  std::optional<DailyCount> count_;
  std::int64_t read_to_ = 0, last_fact_id_ = 0;
  std::deque<std::string> expected_;  // parts of the day that was ended last
  std::vector<ledger::Fault> faults_;
};

// Everything in the daily facts that is not so, in the order of the log; at most 100.
std::vector<ledger::Fault> check_days(db::Read& read);

}  // namespace ln::insight
