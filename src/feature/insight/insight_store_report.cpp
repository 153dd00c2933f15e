#include "feature/insight/insight_store_report.h"

#include "base/text.h"

namespace ln::insight {
namespace {

std::int64_t number_of(Day day) { return day.time_since_epoch().count(); }

// Columns by their names' order in the statements below.
Report report_from(const db::Row& row) {
  Report report;
  report.id = ReportId{row.integer(0)};
  report.unit = units::UnitId{row.integer(1)};
  report.period = {span_of(row.text(2)).value_or(Span::month),
                   Day{std::chrono::days(row.integer(3))}};
  report.language = row.text(4);
  report.state = report_state_of(row.text(5)).value_or(ReportState::failed);
  report.step = row.integer(6);
  report.step_count = row.integer(7);
  report.asked_by = row.integer(8);
  report.asked_at = row.instant(9);
  if (const auto made = row.maybe_integer(10)) report.made_at = from_ms(*made);
  return report;
}

}  // namespace

ReportId insert(db::Write& write, const Report& report) {
  const auto id = write.returning(
      "INSERT INTO insight_report (unit_id, span, first_day, language, state, asked_by, asked_at) "
      "VALUES ($1, $2, $3, $4, 'waiting', $5, $6) RETURNING id",
      [](const db::Row& row) { return row.integer(0); }, report.unit, to_text(report.period.span),
      number_of(report.period.first), report.language, report.asked_by, report.asked_at);
  return ReportId{id.value_or(0)};
}

std::optional<Report> find_report(db::Read& read, ReportId id) {
  return read.one(
      "SELECT id, unit_id, span, first_day, language, state, step, step_count, asked_by, asked_at, "
      "made_at FROM insight_report WHERE id = $1",
      report_from, id);
}

std::vector<Report> list_reports(db::Read& read, std::int64_t limit) {
  return read.all(
      "SELECT id, unit_id, span, first_day, language, state, step, step_count, asked_by, asked_at, "
      "made_at FROM insight_report ORDER BY id DESC LIMIT $1",
      report_from, limit);
}

std::int64_t count_waiting_reports(db::Read& read) {
  return read
      .one("SELECT count(*) FROM insight_report WHERE state IN ('waiting','making')",
           [](const db::Row& row) { return row.integer(0); })
      .value_or(0);
}

std::optional<Report> next_report(db::Read& read, Instant dead_before) {
  return read.one(
      "SELECT id, unit_id, span, first_day, language, state, step, step_count, asked_by, asked_at, "
      "made_at FROM insight_report WHERE state = 'waiting' OR (state = 'making' AND alive_at < $1) "
      "ORDER BY id LIMIT 1",
      report_from, dead_before);
}

bool begin(db::Write& write, const Report& report, Instant dead_before, Instant now) {
  return 1 == write.run(
                  "UPDATE insight_report SET state = 'making', step = 0, step_count = 0, "
                  "try_count = try_count + 1, alive_at = $1 WHERE id = $2 "
                  "AND (state = 'waiting' OR (state = 'making' AND alive_at < $3))",
                  now, report.id, dead_before);
}

std::int64_t tries_of(db::Read& read, ReportId id) {
  return read
      .one(
          "SELECT try_count FROM insight_report WHERE id = $1",
          [](const db::Row& row) { return row.integer(0); }, id)
      .value_or(0);
}

bool save_step(db::Write& write, ReportId id, std::int64_t step, std::int64_t count, Instant now) {
  return 1 == write.run(
                  "UPDATE insight_report SET step = $1, step_count = $2, alive_at = $3 "
                  "WHERE id = $4 AND state = 'making'",
                  step, count, now, id);
}

void give_up(db::Write& write, ReportId id) {
  write.run("UPDATE insight_report SET state = 'failed' WHERE id = $1 AND state <> 'made'", id);
}

bool finish(db::Write& write,
            ReportId id,
            const std::vector<std::pair<ReportFile, std::string>>& files,
            Instant now) {
  if (1 != write.run("UPDATE insight_report SET state = 'made', step = step_count, made_at = $1 "
                     "WHERE id = $2 AND state = 'making'",
                     now, id))
    return false;
  for (const auto& [file, bytes] : files)
    write.run(
        "INSERT INTO insight_report_file (report_id, format, sha256, size, bytes) "
        "VALUES ($1, $2, $3, $4, $5)",
        id, file.format, file.sha256, file.size, db::Blob{as_bytes(bytes)});
  return true;
}

std::vector<ReportFile> files_of(db::Read& read, ReportId id) {
  return read.all(
      "SELECT format, sha256, size FROM insight_report_file WHERE report_id = $1 ORDER BY format",
      [](const db::Row& row) { return ReportFile{row.text(0), row.text(1), row.integer(2)}; }, id);
}

std::optional<std::string> file_of(db::Read& read, ReportId id, std::string_view format) {
  return read.one(
      "SELECT bytes FROM insight_report_file WHERE report_id = $1 AND format = $2",
      [](const db::Row& row) { return row.text(0); }, id, format);
}

std::string asked_by_name(db::Read& read, const Report& report) {
  return read
      .one(
          "SELECT name FROM people_account WHERE id = $1",
          [](const db::Row& row) { return row.text(0); }, report.asked_by)
      .value_or("");
}

}  // namespace ln::insight
