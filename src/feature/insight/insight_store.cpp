#include "feature/insight/insight_store.h"

#include "core/ledger/ledger_store.h"

namespace ln::insight {
namespace {

constexpr std::int64_t most_viewed_count = 4;

Line line_from(const db::Row& row) {
  return {row.text(0), row.text(1), row.text(2), row.instant(3), row.instant(4), row.integer(5)};
}

}  // namespace

Figures count_moment(db::Read& read, Instant from, Instant now) {
  Figures figures{.from = from, .to = now};
  read.each(
      "SELECT count(*), coalesce(sum(CASE WHEN answered_at IS NULL AND due_at < $1 "
      "  AND state IN ('received','accepted','assigned','reopened') THEN 1 ELSE 0 END), 0) "
      "FROM feedback WHERE received_at >= $2 AND received_at < $1 AND about <> 'conduct' "
      "AND is_protected = 0 AND entered_by IS NULL AND held_as IS NULL AND NOT EXISTS "
      "(SELECT 1 FROM feedback_part p WHERE p.feedback_id = feedback.id "
      "AND p.undone_at IS NOT NULL)",
      [&](const db::Row& row) {
        figures.city.received = row.integer(0);
        figures.city.overdue_open = row.integer(1);
      },
      now, from);
  figures.most_viewed = most_viewed(read, from, most_viewed_count);
  figures.leaf_count = ledger::leaf_count(read);
  return figures;
}

std::vector<ErasedDay> count_erased(db::Read& read, Instant from, Instant to) {
  std::vector<ErasedDay> days;
  read.each(
      "SELECT erased_at, erased_because FROM feedback WHERE erased_at IS NOT NULL "
      "AND erased_at >= $1 AND erased_at < $2 ORDER BY erased_at DESC",
      [&](const db::Row& row) {
        const Day day = local_day(row.instant(0));
        if (days.empty() || days.back().day != day) days.push_back({.day = day});
        ++days.back().counts[row.text(1)];
      },
      from, to);
  return days;
}

std::vector<Line> recently_solved(db::Read& read, std::int64_t limit) {
  return read.all(
      "SELECT f.code, f.public_title, u.name, f.received_at, f.closed_at, f.view_count "
      "FROM feedback f JOIN unit u ON u.id = f.unit_id WHERE f.published_at IS NOT NULL "
      "AND f.closed_by = 'citizen' AND f.about <> 'conduct' AND f.erased_at IS NULL "
      "ORDER BY f.closed_at DESC, f.id DESC LIMIT $1",
      line_from, limit);
}

std::vector<std::int64_t> most_viewed(db::Read& read, Instant since, std::int64_t limit) {
  return read.all(
      "SELECT id FROM feedback WHERE published_at IS NOT NULL AND published_at >= $1 "
      "AND about <> 'conduct' AND view_count > 0 ORDER BY view_count DESC, id DESC LIMIT $2",
      [](const db::Row& row) { return row.integer(0); }, since, limit);
}

std::vector<Line> lines_of(db::Read& read, const std::vector<std::int64_t>& ids) {
  std::vector<Line> lines;
  for (const std::int64_t id : ids)
    if (auto line = read.one(
            "SELECT f.code, f.public_title, u.name, f.received_at, f.received_at, f.view_count "
            "FROM feedback f JOIN unit u ON u.id = f.unit_id "
            "WHERE f.id = $1 AND f.published_at IS NOT NULL AND f.about <> 'conduct' "
            "AND f.erased_at IS NULL",
            line_from, id))
      lines.push_back(*std::move(line));
  return lines;
}

std::map<std::int64_t, std::int64_t> count_gone_up(db::Read& read, Instant from, Instant to) {
  std::map<std::int64_t, std::int64_t> by_unit;
  read.each(
      "SELECT e.from_unit_id, count(*) FROM feedback_escalation e "
      "JOIN feedback f ON f.id = e.feedback_id WHERE e.at >= $1 AND e.at < $2 AND e.rung = 1 "
      "AND f.is_protected = 0 AND f.about <> 'conduct' AND f.entered_by IS NULL "
      "GROUP BY e.from_unit_id",
      [&](const db::Row& row) { by_unit[row.integer(0)] = row.integer(1); }, from, to);
  return by_unit;
}

}  // namespace ln::insight
