// Making reports, a step at a time, so that the other jobs have their turn in between.
#pragma once

#include <optional>

#include "feature/insight/insight_report.h"
#include "platform/db/db.h"

namespace ln::insight {

// A report whose job gave no sign of life for so long was stopped with its process, and is begun
// again; after three tries it is given up and says so.
inline constexpr std::chrono::minutes report_dead_after{2};
inline constexpr std::int64_t report_tries_max = 3;

// Belongs to one thread. What was counted lives here until the files are written; a restart forgets
// it, and the report is begun again.
class Reporting {
 public:
  // Does one step of the report at hand, or begins the next. Whether there was anything to do. What
  // is thrown leaves the report to a later try.
  bool turn(db::Database& database, Instant now);

 private:
  struct Work {
    Report report{};
    units::Unit unit{};
    ReportNumbers numbers{};
    std::vector<Period> parts{};
    std::int64_t step = 0;
    std::int64_t step_count() const { return 3 + static_cast<std::int64_t>(parts.size()); }
  };
  bool begin_next(db::Database& database, Instant now);
  static void count_step(db::Database& database, Work& work, Instant now);
  static void write_files(db::Database& database, const Work& work, Instant now);
  std::optional<Work> work_;
};

}  // namespace ln::insight
