#include "feature/insight/insight_store.h"

#include <algorithm>
#include <map>

#include "core/ledger/ledger_store.h"
#include "core/units/units_store.h"
#include "engine/text/text.h"

namespace ln::insight {
namespace {

// The sums stand in the columns from `first` on, in the order of the statements below.
Counts counts_from(const db::Row& row, int first) {
  Counts counts;
  counts.received = row.integer(first);
  counts.answered = row.integer(first + 1);
  counts.on_time = row.integer(first + 2);
  counts.overdue_open = row.integer(first + 3);
  counts.open = row.integer(first + 4);
  counts.declined = row.integer(first + 5);
  counts.reopened = row.integer(first + 6);
  counts.solved = row.integer(first + 7);
  return counts;
}

void add_rating(stats::Ratings& ratings, std::int64_t score, std::int64_t count) {
  if (score >= 1 && score <= 5) ratings.counts[static_cast<std::size_t>(score - 1)] += count;
}

Line line_from(const db::Row& row) {
  return {row.text(0), row.text(1), row.text(2), row.instant(3), row.instant(4), row.integer(5)};
}

}  // namespace

Figures count_figures(db::Read& read, Instant from, Instant to, Instant now) {
  Figures figures{.from = from, .to = to};
  std::map<std::int64_t, Counts> by_unit;
  read.each(
      "SELECT unit_id, count(*), "
      "sum(CASE WHEN answered_at IS NOT NULL THEN 1 ELSE 0 END), "
      "sum(CASE WHEN answered_at <= first_due_at THEN 1 ELSE 0 END), "
      "sum(CASE WHEN answered_at IS NULL AND due_at < $1 "
      "  AND state IN ('received','accepted','assigned','reopened') THEN 1 ELSE 0 END), "
      "sum(CASE WHEN state IN ('received','accepted','assigned','asked','promised','reopened') "
      "  THEN 1 ELSE 0 END), "
      "sum(CASE WHEN state IN ('declined','redirected') THEN 1 ELSE 0 END), "
      "sum(CASE WHEN reopen_count > 0 THEN 1 ELSE 0 END), "
      "sum(CASE WHEN closed_by = 'citizen' THEN 1 ELSE 0 END) "
      "FROM feedback WHERE received_at >= $2 AND received_at < $3 AND about <> 'conduct' "
      "AND is_protected = 0 AND entered_by IS NULL GROUP BY unit_id",
      [&](const db::Row& row) { by_unit[row.integer(0)] = counts_from(row, 1); }, now, from, to);
  read.each(
      "SELECT r.unit_id, r.score, count(*) FROM satisfaction_rating r "
      "JOIN feedback f ON f.id = r.feedback_id "
      "WHERE r.first_at >= $1 AND r.first_at < $2 AND r.entered_by IS NULL "
      "AND f.about <> 'conduct' AND f.is_protected = 0 GROUP BY r.unit_id, r.score",
      [&](const db::Row& row) {
        add_rating(by_unit[row.integer(0)].ratings, row.integer(1), row.integer(2));
      },
      from, to);
  for (const auto& [id, counts] : by_unit) {
    figures.city.add(counts);
    if (auto unit = units::find(read, units::UnitId{id}))
      figures.units.push_back({*std::move(unit), counts});
  }
  std::sort(figures.units.begin(), figures.units.end(),
            [](const UnitCounts& a, const UnitCounts& b) {
              return text::sort_key(units::bare_name(a.unit.name, a.unit.type)) <
                     text::sort_key(units::bare_name(b.unit.name, b.unit.type));
            });
  std::vector<stats::Share> shares;
  for (const UnitCounts& each : figures.units) shares.push_back(each.counts.on_time_share());
  const std::vector<stats::Band> bands = stats::bands_of(shares);
  for (std::size_t i = 0; i < bands.size(); ++i) figures.units[i].band = bands[i];
  figures.leaf_count = ledger::leaf_count(read);
  return figures;
}

Counts count_subtree(db::Read& read, std::string_view path, Instant from, Instant to, Instant now) {
  const auto [first, second] = units::subtree_range(path);
  Counts counts;
  read.each(
      "SELECT count(*), "
      "coalesce(sum(CASE WHEN answered_at IS NOT NULL THEN 1 ELSE 0 END), 0), "
      "coalesce(sum(CASE WHEN answered_at <= first_due_at THEN 1 ELSE 0 END), 0), "
      "coalesce(sum(CASE WHEN answered_at IS NULL AND due_at < $1 "
      "  AND state IN ('received','accepted','assigned','reopened') THEN 1 ELSE 0 END), 0), "
      "coalesce(sum(CASE WHEN state IN "
      "  ('received','accepted','assigned','asked','promised','reopened') "
      "  THEN 1 ELSE 0 END), 0), "
      "coalesce(sum(CASE WHEN state IN ('declined','redirected') THEN 1 ELSE 0 END), 0), "
      "coalesce(sum(CASE WHEN reopen_count > 0 THEN 1 ELSE 0 END), 0), "
      "coalesce(sum(CASE WHEN closed_by = 'citizen' THEN 1 ELSE 0 END), 0) "
      "FROM feedback WHERE unit_path >= $2 AND unit_path < $3 AND received_at >= $4 "
      "AND received_at < $5 AND about <> 'conduct' AND is_protected = 0 AND entered_by IS NULL",
      [&](const db::Row& row) { counts = counts_from(row, 0); }, now, first, second, from, to);
  read.each(
      "SELECT r.score, count(*) FROM satisfaction_rating r "
      "JOIN feedback f ON f.id = r.feedback_id JOIN unit u ON u.id = r.unit_id "
      "WHERE u.path >= $1 AND u.path < $2 AND r.first_at >= $3 AND r.first_at < $4 "
      "AND r.entered_by IS NULL AND f.about <> 'conduct' AND f.is_protected = 0 "
      "GROUP BY r.score",
      [&](const db::Row& row) { add_rating(counts.ratings, row.integer(0), row.integer(1)); },
      first, second, from, to);
  return counts;
}

std::vector<Month> count_months(db::Read& read, int months, Instant now) {
  const std::chrono::year_month_day today(local_day(now));
  std::vector<Month> all;
  for (int back = months - 1; back >= 0; --back) {
    const auto month = today.year() / today.month() - std::chrono::months(back);
    const Day first{month / 1}, next{(month + std::chrono::months(1)) / 1};
    all.push_back({first, count_figures(read, at_local(first), at_local(next), now).city});
  }
  return all;
}

std::vector<SenderCounts> count_senders(db::Read& read, Instant from, Instant to, Instant now) {
  std::vector<SenderCounts> all = {{"person", {}}, {"organisation", {}}, {"business", {}}};
  read.each(
      "SELECT sender, count(*), "
      "sum(CASE WHEN answered_at IS NOT NULL THEN 1 ELSE 0 END), "
      "sum(CASE WHEN answered_at <= first_due_at THEN 1 ELSE 0 END), "
      "sum(CASE WHEN answered_at IS NULL AND due_at < $1 "
      "  AND state IN ('received','accepted','assigned','reopened') THEN 1 ELSE 0 END), "
      "sum(CASE WHEN state IN ('received','accepted','assigned','asked','promised','reopened') "
      "  THEN 1 ELSE 0 END), "
      "sum(CASE WHEN state IN ('declined','redirected') THEN 1 ELSE 0 END), "
      "sum(CASE WHEN reopen_count > 0 THEN 1 ELSE 0 END), "
      "sum(CASE WHEN closed_by = 'citizen' THEN 1 ELSE 0 END) "
      "FROM feedback WHERE received_at >= $2 AND received_at < $3 AND about <> 'conduct' "
      "AND is_protected = 0 AND entered_by IS NULL GROUP BY sender",
      [&](const db::Row& row) {
        for (SenderCounts& each : all)
          if (each.sender == row.view(0)) each.counts = counts_from(row, 1);
      },
      now, from, to);
  return all;
}

std::vector<Line> recently_solved(db::Read& read, std::int64_t limit) {
  return read.all(
      "SELECT f.code, f.public_title, u.name, f.received_at, f.closed_at, f.view_count "
      "FROM feedback f JOIN unit u ON u.id = f.unit_id WHERE f.published_at IS NOT NULL "
      "AND f.state = 'closed' AND f.closed_by = 'citizen' AND f.about <> 'conduct' "
      "ORDER BY f.closed_at DESC, f.id DESC LIMIT $1",
      line_from, limit);
}

std::vector<Line> most_viewed(db::Read& read, Instant since, std::int64_t limit) {
  return read.all(
      "SELECT f.code, f.public_title, u.name, f.received_at, f.received_at, f.view_count "
      "FROM feedback f JOIN unit u ON u.id = f.unit_id WHERE f.published_at >= $1 "
      "AND f.about <> 'conduct' AND f.view_count > 0 "
      "ORDER BY f.view_count DESC, f.id DESC LIMIT $2",
      line_from, since, limit);
}

}  // namespace ln::insight
