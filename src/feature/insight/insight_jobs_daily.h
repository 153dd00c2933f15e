// The daily and monthly public facts, read and counted again from the ledger. What they count:
// insight_daily.h.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
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

// A month and the cases of the stretches that ended in it, by unit and figure.
struct OpenMonth {
  std::chrono::year_month month;
  std::map<std::pair<std::string, std::size_t>, std::vector<ledger::Counted>> cases{};
};

// Reads the ledger on from where it left off: counts the events, and compares each daily and
// monthly fact with what the events before it give.
class DailyReader {
 public:
  // With `checks_trees` the stored trees of the months are made again, and compared.
  explicit DailyReader(bool checks_trees = false) : checks_trees_(checks_trees) {}
  void read_on(db::Read& read);

  // The facts of the next day when it is over at `now`; empty when it is not, or nothing ever
  // happened.
  std::vector<ledger::DailyFact> due(Instant now) const;
  // Before this instant nothing is due; null when nothing ever happened.
  std::optional<Instant> due_at() const;
  // Of the last daily fact that was read; 0: none.
  std::int64_t last_fact_id() const { return last_fact_id_; }
  // The oldest month that is over, all its days told, and that was not told itself; null when there
  // is none.
  const OpenMonth* due_month() const;
  // Of the last monthly fact that was read; 0: none.
  std::int64_t last_month_id() const { return last_month_id_; }
  const std::vector<ledger::Fault>& faults() const { return faults_; }

 private:
  void take(const db::Row& row);
  void compare(std::int64_t id, const std::string& payload);
  void close(Day day, DailyCount::Closed closed);
  void compare_month(std::int64_t id, const std::string& payload);
  void check_trees(db::Read& read);
  void fault(std::int64_t id, std::string what);

  std::optional<DailyCount> count_;
  std::int64_t read_to_ = 0, last_fact_id_ = 0;
  std::deque<std::string> expected_;  // parts of the day that was ended last
  // A monthly fact, as far as its parts were read; each row beside the entry that says it.
  struct Told {
    std::chrono::year_month month{};
    std::int64_t part = 0, parts = 0;
    std::vector<std::pair<std::int64_t, ledger::SumRow>> rows{};
    OpenMonth counted{};
  };
  bool checks_trees_;
  std::deque<OpenMonth> months_;  // from the oldest that was not told on
  std::int64_t last_month_id_ = 0;
  Told told_;
  std::vector<Told> unchecked_;  // whose trees are to be made again
  std::vector<ledger::Fault> faults_;
};

// Everything in the daily and monthly facts, and in the trees, that is not so, in the order of the
// log; at most 100.
std::vector<ledger::Fault> check_days(db::Read& read);

}  // namespace ln::insight
