#include "feature/insight/insight_store_emerging.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/units/units_store.h"

namespace ln::insight {
namespace {

constexpr std::size_t weeks_read = emerging_weeks + 1;

Day monday_before(Day today) {
  return today - std::chrono::days(std::chrono::weekday(today).iso_encoding() - 1);
}

// So many of the thirteen weeks the city has been listening; the others are not past but nothing.
std::size_t weeks_heard(db::Read& read, Instant from, Day end) {
  const auto first = read.one(
      "SELECT min(received_at) FROM feedback WHERE received_at >= $1",
      [](const db::Row& row) { return row.maybe_instant(0); }, from);
  if (!first || !*first) return 0;
  const Day monday = monday_before(local_day(**first));
  // The week in which it began is not a whole one.
  const auto days = (end - monday).count() - 7;
  return std::clamp<std::size_t>(days < 0 ? 0 : static_cast<std::size_t>(days / 7), 0, weeks_read);
}

std::vector<WeekCounts> read_weeks(db::Read& read, Day begin, Day end) {
  std::map<std::pair<std::int64_t, std::int64_t>, WeekCounts> cells;
  // Weeks since Monday, 29 December 1969.
  const std::int64_t first = (begin.time_since_epoch().count() + 3) / 7;
  read.each(
      "SELECT topic_id, unit_id, ((received_at + 25200000) / 86400000 + 3) / 7, count(*) "
      "FROM feedback WHERE received_at >= $1 AND received_at < $2 AND topic_id IS NOT NULL "
      "AND about <> 'conduct' AND is_protected = 0 AND entered_by IS NULL AND held_as IS NULL "
      "GROUP BY topic_id, unit_id, ((received_at + 25200000) / 86400000 + 3) / 7",
      [&](const db::Row& row) {
        WeekCounts& cell = cells[{row.integer(0), row.integer(1)}];
        cell.topic = row.integer(0);
        cell.unit = row.integer(1);
        cell.weeks.resize(weeks_read);
        const std::int64_t week = row.integer(2) - first;
        if (week >= 0 && week < static_cast<std::int64_t>(weeks_read))
          cell.weeks[static_cast<std::size_t>(week)] += row.integer(3);
      },
      at_local(begin), at_local(end));
  std::vector<WeekCounts> all;
  for (auto& [key, cell] : cells) all.push_back(std::move(cell));
  return all;
}

Issue issue_of(db::Read& read, const WeekCounts& cell, const stats::Emerging& found) {
  Issue issue{.unit = units::UnitId{cell.unit}, .now = cell.weeks.back(), .found = found};
  read.each(
      "SELECT name_vi, name_en FROM feedback_topic WHERE id = $1",
      [&](const db::Row& row) {
        issue.topic_vi = row.text(0);
        issue.topic_en = row.text(1);
      },
      cell.topic);
  if (const auto unit = units::find(read, issue.unit)) {
    issue.unit_name = unit->name;
    issue.unit_path = unit->path;
  }
  return issue;
}

}  // namespace

Issues find_issues(db::Read& read, Instant now) {
  const Day end = monday_before(local_day(now));
  const Day begin = end - std::chrono::days(7 * weeks_read);
  Issues issues{.monday = end - std::chrono::days(7)};
  const std::size_t heard = weeks_heard(read, at_local(begin - std::chrono::days(7)), end);
  if (heard < stats::emerging_past_min + 1) return issues;
  const std::vector<WeekCounts> cells = with_city(read_weeks(read, begin, end));
  std::vector<stats::Counted> counted;
  for (const WeekCounts& each : cells)
    counted.push_back(
        {.past = {each.weeks.end() - static_cast<std::ptrdiff_t>(heard), each.weeks.end() - 1},
         .now = each.weeks.back()});
  issues.looked_at = cells.size();
  const std::vector<stats::Emerging> found = stats::emerging_of(counted, emerging_rate);
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (found[i].is_emerging) issues.all.push_back(issue_of(read, cells[i], found[i]));
  std::ranges::stable_sort(issues.all, {}, [](const Issue& each) { return each.found.p_value; });
  return issues;
}

}  // namespace ln::insight
