#include "feature/insight/insight_store_desk.h"

#include <algorithm>

#include "core/units/units_store.h"

namespace ln::insight {
namespace {

// Columns by their order in the statements below.
DeskCase desk_case_from(const db::Row& row) {
  const auto state = feedback::from_word(feedback::all_states, row.view(4));
  if (!state) throw db::Failure("unknown state of a case");
  DeskCase made{.code = row.text(0),
                .title = row.text(1),
                .unit_name = row.text(2),
                .in_english = row.view(3) == "en",
                .state = *state,
                .due = row.instant(5)};
  if (const auto day = row.maybe_integer(6)) made.promised = Day(std::chrono::days(*day));
  made.transfer_count = row.integer(7);
  return made;
}

// Until a job has made it one.
#define NO_COMMITMENT                                                       \
  "AND NOT EXISTS (SELECT 1 FROM commitment c WHERE c.origin = 'feedback' " \
  "AND c.origin <> '' AND c.origin_id = f.id AND c.state IN ('proposed','open','broken')) "

void count_commitments(
    db::Read& read, Desk& desk, std::string_view first, std::string_view second, Day today) {
  read.each(
      "SELECT u.id, u.name, sum(CASE WHEN c.state = 'broken' OR c.due_on < $1 THEN 1 ELSE 0 END), "
      "sum(CASE WHEN c.state <> 'broken' THEN 1 ELSE 0 END) "
      "FROM commitment c JOIN unit u ON u.id = c.unit_id "
      "WHERE c.unit_path >= $2 AND c.unit_path < $3 AND c.is_gone = 0 "
      "AND c.state IN ('proposed','open','broken') "
      "GROUP BY u.id, u.name, u.sort_key ORDER BY u.sort_key, u.id",
      [&](const db::Row& row) {
        const auto id = row.id<units::UnitId>(0);
        auto unit = std::ranges::find(desk.units, id, &LateUnit::unit);
        if (unit == desk.units.end())
          unit = desk.units.insert(unit, LateUnit{.unit = id, .name = row.text(1)});
        unit->promises_late += row.integer(2);
        desk.promises_late += row.integer(2);
        desk.promised += row.integer(3);
      },
      today, first, second);
}

void read_late_units(
    db::Read& read, Desk& desk, std::string_view first, std::string_view second, Instant now) {
  desk.units = read.all(
      "SELECT u.id, u.name, count(*), "
      "sum(CASE WHEN f.due_at < $1 AND f.state IN ('received','accepted','assigned','reopened') "
      "  THEN 1 ELSE 0 END), "
      "sum(CASE WHEN f.state = 'promised' AND f.promised_on < $2 " NO_COMMITMENT
      "  THEN 1 ELSE 0 END), "
      "sum(CASE WHEN f.state = 'promised' " NO_COMMITMENT
      "  THEN 1 ELSE 0 END) "
      "FROM feedback f JOIN unit u ON u.id = f.unit_id WHERE f.unit_path >= $3 "
      "AND f.unit_path < $4 AND f.state <> 'answered' AND f.state <> 'declined' "
      "AND f.state <> 'redirected' AND f.state <> 'closed' AND f.about <> 'conduct' "
      "AND f.is_protected = 0 AND f.held_as IS NULL AND f.erased_at IS NULL "
      "GROUP BY u.id, u.name, u.sort_key ORDER BY u.sort_key, u.id",
      [&](const db::Row& row) {
        LateUnit unit{.unit = row.id<units::UnitId>(0),
                      .name = row.text(1),
                      .open = row.integer(2),
                      .late = row.integer(3),
                      .promises_late = row.integer(4)};
        desk.open += unit.open;
        desk.late += unit.late;
        desk.promises_late += unit.promises_late;
        desk.promised += row.integer(5);
        return unit;
      },
      now, local_day(now), first, second);
  count_commitments(read, desk, first, second, local_day(now));
  std::erase_if(desk.units,
                [](const LateUnit& each) { return each.late == 0 && each.promises_late == 0; });
  std::ranges::stable_sort(desk.units, std::ranges::greater(),
                           [](const LateUnit& each) { return each.late + each.promises_late; });
}

}  // namespace

Desk read_desk(db::Read& read, std::string_view path, Instant now) {
  const auto [first, second] = units::subtree_range(path);
  Desk desk;
  read_late_units(read, desk, first, second, now);
  desk.overdue = read.all(
      "SELECT f.code, f.title, u.name, f.language, f.state, f.due_at, f.promised_on, "
      "f.transfer_count FROM feedback f JOIN unit u ON u.id = f.unit_id WHERE f.unit_path >= $1 "
      "AND f.unit_path < $2 AND f.state IN ('received','accepted','assigned','reopened') "
      "AND f.state <> 'answered' AND f.state <> 'declined' AND f.state <> 'redirected' "
      "AND f.state <> 'closed' AND f.due_at < $3 AND f.about <> 'conduct' "
      "AND f.is_protected = 0 AND f.held_as IS NULL AND f.erased_at IS NULL "
      "ORDER BY f.due_at, f.id LIMIT $4",
      desk_case_from, first, second, now, desk_lines);
  desk.promises = read.all(
      "SELECT f.code, f.title, u.name, f.language, f.state, f.due_at, f.promised_on, "
      "f.transfer_count FROM feedback f JOIN unit u ON u.id = f.unit_id WHERE f.unit_path >= $1 "
      "AND f.unit_path < $2 AND f.state = 'promised' AND f.promised_on <= $3 "
      "AND f.state <> 'answered' AND f.state <> 'declined' AND f.state <> 'redirected' "
      "AND f.state <> 'closed' AND f.about <> 'conduct' AND f.is_protected = 0 AND f.held_as IS "
      "NULL "
      "AND f.erased_at IS NULL ORDER BY f.promised_on, f.id LIMIT $4",
      desk_case_from, first, second, local_day(now) + promises_ahead, desk_lines);
  desk.owed = read.all(
      "SELECT c.id, substr(c.text, 1, 160), u.name, c.due_on, c.state FROM commitment c "
      "JOIN unit u ON u.id = c.unit_id WHERE c.unit_path >= $1 AND c.unit_path < $2 "
      "AND c.is_gone = 0 AND (c.state = 'broken' OR (c.state IN ('proposed','open') AND c.origin "
      "<> 'feedback' "
      "AND c.due_on <= $3)) ORDER BY c.due_on, c.id LIMIT $4",
      [](const db::Row& row) {
        const auto state = commitment::from_word(commitment::all_states, row.view(4));
        if (!state) throw db::Failure("unknown state of a commitment");
        return Owed{row.integer(0), row.text(1), row.text(2), row.day(3), *state};
      },
      first, second, local_day(now) + promises_ahead, desk_lines);
  desk.sent_around = read.all(
      "SELECT f.code, f.title, u.name, f.language, f.state, f.due_at, f.promised_on, "
      "f.transfer_count FROM feedback f JOIN unit u ON u.id = f.unit_id WHERE f.unit_path >= $1 "
      "AND f.unit_path < $2 AND f.state IN ('received','accepted','assigned','reopened') "
      "AND f.state <> 'answered' AND f.state <> 'declined' AND f.state <> 'redirected' "
      "AND f.state <> 'closed' "
      "AND f.transfer_count >= 2 AND f.about <> 'conduct' AND f.is_protected = 0 "
      "AND f.held_as IS NULL AND f.erased_at IS NULL "
      "ORDER BY f.transfer_count DESC, f.due_at, f.id LIMIT $3",
      desk_case_from, first, second, desk_lines);
  return desk;
}

#undef NO_COMMITMENT

Mirror read_mirror(db::Read& read, people::AccountId officer, Instant now) {
  Mirror mirror;
  read.each(
      "SELECT count(*), sum(CASE WHEN due_at < $1 AND state <> 'asked' AND state <> 'promised' "
      "  THEN 1 ELSE 0 END), "
      "sum(CASE WHEN due_at >= $1 AND due_at < $2 AND state <> 'asked' AND state <> 'promised' "
      "  THEN 1 ELSE 0 END) "
      "FROM feedback WHERE officer_id = $3 AND state <> 'answered' AND state <> 'declined' "
      "AND state <> 'redirected' AND state <> 'closed' AND held_as IS NULL AND erased_at IS NULL",
      [&](const db::Row& row) {
        mirror.open = row.integer(0);
        mirror.late = row.maybe_integer(1).value_or(0);
        mirror.soon = row.maybe_integer(2).value_or(0);
      },
      now, now + std::chrono::days(3), officer);
  std::vector<std::int64_t> days;
  read.each(
      "SELECT f.received_at, f.first_due_at, f.answered_at, f.reopen_count, r.score "
      "FROM feedback f LEFT JOIN satisfaction_rating r ON r.feedback_id = f.id "
      "AND r.entered_by IS NULL WHERE f.officer_id = $1 AND f.officer_id IS NOT NULL "
      "AND f.last_answered_at >= $2 AND f.answered_at >= $2 AND f.is_protected = 0 AND f.about <> "
      "'conduct' AND f.held_as IS NULL "
      "AND f.erased_at IS NULL",
      [&](const db::Row& row) {
        ++mirror.answered;
        ++mirror.on_time.whole;
        mirror.on_time.part += row.instant(2) <= row.instant(1) ? 1 : 0;
        mirror.reopened += row.integer(3) > 0 ? 1 : 0;
        days.push_back((row.instant(2) - row.instant(0)) / std::chrono::days(1));
        if (const auto score = row.maybe_integer(4); score && *score >= 1 && *score <= 5)
          ++mirror.ratings.counts[static_cast<std::size_t>(*score - 1)];
      },
      officer, now - mirror_period);
  if (!days.empty()) {
    const auto middle = days.begin() + static_cast<std::ptrdiff_t>(days.size() / 2);
    std::ranges::nth_element(days, middle);
    mirror.median_days = *middle;
  }
  return mirror;
}

std::vector<std::string> own_letters(db::Read& read, people::AccountId officer, Instant since) {
  return read.all(
      "SELECT e.text FROM feedback f JOIN feedback_event e ON e.feedback_id = f.id "
      "WHERE f.officer_id = $1 AND f.officer_id IS NOT NULL AND f.last_answered_at >= $2 "
      "AND e.event = 'answered' "
      "AND e.officer_id = $1 AND e.text <> '' AND f.held_as IS NULL AND f.erased_at IS NULL "
      "ORDER BY e.id DESC LIMIT $3",
      [](const db::Row& row) { return row.text(0); }, officer, since, mirror_letters);
}

}  // namespace ln::insight
