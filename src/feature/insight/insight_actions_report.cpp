#include "feature/insight/insight_actions_report.h"

#include "core/units/units_store.h"
#include "feature/insight/insight_store_report.h"

namespace ln::insight {

Result<ReportId> ask_for_report(db::Write& write,
                                const Reporter& reporter,
                                const Report& wish,
                                Instant now) {
  const auto unit = units::find(write, wish.unit);
  if (!unit || !reporter.may_act_for(unit->path))
    return Error{ErrorKind::forbidden, "insight.report.error.not_yours"_t};
  if (wish.period.next() > local_day(now))
    return Error{ErrorKind::invalid, "insight.report.error.period"_t};
  if (count_waiting_reports(write) >= reports_waiting_max)
    return Error{ErrorKind::too_many, "insight.report.error.too_many"_t};
  Report report = wish;
  report.asked_by = reporter.id().value;
  report.asked_at = now;
  return insert(write, report);
}

}  // namespace ln::insight
