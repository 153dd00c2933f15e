// Rows of reports and their files.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feature/insight/insight_report.h"
#include "platform/db/db.h"

namespace ln::insight {

ReportId insert(db::Write& write, const Report& report);
std::optional<Report> find_report(db::Read& read, ReportId id);
// The newest first, at most `limit` of them.
std::vector<Report> list_reports(db::Read& read, std::int64_t limit);
std::int64_t count_waiting_reports(db::Read& read);

// The next to be made: one that waits, or one that was begun and whose job gave no sign of life
// since `dead_before` (it was stopped).
std::optional<Report> next_report(db::Read& read, Instant dead_before);
// Begins it anew from the first step; false when another node was faster.
bool begin(db::Write& write, const Report& report, Instant dead_before, Instant now);
std::int64_t tries_of(db::Read& read, ReportId id);
// A step was done; false when it is no longer being made.
bool save_step(db::Write& write, ReportId id, std::int64_t step, std::int64_t count, Instant now);
void give_up(db::Write& write, ReportId id);

struct ReportFile {
  std::string format{}, sha256{};
  std::int64_t size = 0;
};
// Precondition: it is being made. False when it is not, and then nothing was written.
bool finish(db::Write& write,
            ReportId id,
            const std::vector<std::pair<ReportFile, std::string>>& files,
            Instant now);
std::vector<ReportFile> files_of(db::Read& read, ReportId id);
std::optional<std::string> file_of(db::Read& read, ReportId id, std::string_view format);

// The name of whoever asked; empty when the account is gone.
std::string asked_by_name(db::Read& read, const Report& report);

}  // namespace ln::insight
