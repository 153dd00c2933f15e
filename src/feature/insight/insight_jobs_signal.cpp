#include "feature/insight/insight_jobs_signal.h"

#include <utility>
#include <vector>

#include "feature/insight/insight_store_signal.h"

namespace ln::insight {

bool find_signals(db::Database& database, Instant now) {
  const auto month = signal_month_on(local_day(now));
  if (!month) return false;
  struct Seen {
    std::vector<UnitMonth> units{};
    SignalRules rules{};
    bool is_done = false;
  };
  const Seen seen = database.read([&](db::Read& read) {
    Seen made{.is_done = is_month_counted(read, month->first)};
    if (made.is_done) return made;
    made.units = read_unit_months(read, *month);
    made.rules = signal_rules(read);
    return made;
  });
  if (seen.is_done) return false;
  const auto found = signals_of(seen.units, *month, seen.rules);
  const Result<bool> kept = database.write([&](db::Write& write) -> Result<bool> {
    return keep_signals(write, *month, seen.units, found, now);
  });
  return kept.ok() && kept.value();
}

}  // namespace ln::insight
