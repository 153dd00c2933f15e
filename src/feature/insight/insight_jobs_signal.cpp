#include "feature/insight/insight_jobs_signal.h"

#include <utility>
#include <vector>

#include "feature/insight/insight_store_signal.h"

namespace ln::insight {

bool find_signals(db::Database& database, Instant now) {
  const auto newest = signal_month_on(local_day(now));
  if (!newest) return false;
  struct Seen {
    Period month{};
    std::vector<UnitMonth> units{};
    SignalRules rules{};
    bool is_done = false;
  };
  const Seen seen = database.read([&](db::Read& read) {
    Seen made{.month = *newest};
    if (const auto last = last_counted(read))
      made.month.first = Period{.span = Span::month, .first = *last}.next();
    made.is_done = made.month.first > newest->first;
    if (made.is_done) return made;
    made.units = read_unit_months(read, made.month);
    made.rules = signal_rules(read);
    return made;
  });
  if (seen.is_done) return false;
  const auto found = signals_of(seen.units, seen.month, seen.rules);
  const Result<bool> kept = database.write([&](db::Write& write) -> Result<bool> {
    return keep_signals(write, seen.month, seen.units, found, now);
  });
  return kept.ok() && kept.value();
}

}  // namespace ln::insight
