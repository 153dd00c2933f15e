#include "feature/insight/insight_jobs_report.h"

#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_store.h"
#include "core/units/units_store.h"
#include "engine/merkle/merkle.h"
#include "feature/insight/insight_jobs_report_text.h"
#include "feature/insight/insight_store_report.h"
#include "feature/insight/insight_store_settled.h"

namespace ln::insight {

bool Reporting::begin_next(db::Database& database, Instant now) {
  const Instant dead_before = now - report_dead_after;
  struct Next {
    std::optional<Report> report{};
    std::optional<units::Unit> unit{};
    std::int64_t tries = 0;
  };
  Next next = database.read([&](db::Read& read) {
    Next found{.report = next_report(read, dead_before)};
    if (!found.report) return found;
    found.unit = units::find(read, found.report->unit);
    found.tries = tries_of(read, found.report->id);
    return found;
  });
  if (!next.report) return false;
  const bool is_hopeless = !next.unit || next.tries >= report_tries_max;
  const Result<bool> begun = database.write([&](db::Write& write) -> Result<bool> {
    if (!is_hopeless) return begin(write, *next.report, dead_before, now);
    give_up(write, next.report->id);
    return false;
  });
  if (!begun.ok() || !begun.value()) return true;
  Work work{.report = *std::move(next.report), .unit = *std::move(next.unit)};
  work.parts = work.report.period.parts();
  work_ = std::move(work);
  return true;
}

void Reporting::count_step(db::Database& database, Work& work, Instant now) {
  const auto counted = [&](const Period& period) {
    return database.read([&](db::Read& read) {
      Figures figures = count_told(read, period.first, period.next() - std::chrono::days(1));
      figures.leaf_count = ledger::leaf_count(read);
      return figures;
    });
  };
  const Period& period = work.report.period;
  if (work.step == 0) {
    const Figures figures = counted(period);
    work.numbers.counts = counts_within(figures, work.unit.path);
    work.numbers.leaf_count = figures.leaf_count;
    work.numbers.counted_at = now;
    for (const UnitCounts& each : figures.units)
      if (each.unit.path != work.unit.path && units::is_within(each.unit.path, work.unit.path))
        work.numbers.units.push_back(each);
  } else if (work.step == 1) {
    work.numbers.before = counts_within(counted(period.before()), work.unit.path);
  } else {
    const Period& part = work.parts[static_cast<std::size_t>(work.step - 2)];
    work.numbers.parts.push_back({part, counts_within(counted(part), work.unit.path)});
  }
}

void Reporting::write_files(db::Database& database, const Work& work, Instant now) {
  std::vector<std::pair<ReportFile, std::string>> files;
  for (const std::string_view format : report_formats) {
    std::string bytes = report_file(work.report, work.unit, work.numbers, format);
    const merkle::Hash sum = merkle::sha256(as_bytes(bytes));
    files.emplace_back(ReportFile{.format = std::string(format),
                                  .sha256 = to_hex(sum),
                                  .size = static_cast<std::int64_t>(bytes.size())},
                       std::move(bytes));
  }
  // False: it is somebody else's by now, and they make the same files.
  static_cast<void>(database.write(
      [&](db::Write& write) -> Result<bool> { return finish(write, work.report.id, files, now); }));
}

bool Reporting::turn(db::Database& database, Instant now) {
  if (!work_) return begin_next(database, now);
  // What throws from here on has lost its work, and the report is begun again later.
  Work work = *std::exchange(work_, std::nullopt);
  if (work.step == work.step_count() - 1) {
    write_files(database, work, now);
    return true;
  }
  count_step(database, work, now);
  ++work.step;
  const Result<bool> saved = database.write([&](db::Write& write) -> Result<bool> {
    return save_step(write, work.report.id, work.step, work.step_count(), now);
  });
  if (saved.ok() && saved.value()) work_ = std::move(work);
  return true;
}

}  // namespace ln::insight
