#include "feature/reception/reception_store.h"

#include <algorithm>
#include <functional>

namespace ln::reception {
namespace {

template <class T>
T known(const std::optional<T>& value) {
  if (!value) throw db::Failure("unknown word in a day of reception", db::Failure::Kind::corrupt);
  return *value;
}

Reception to_reception(const db::Row& row) {
  return {.id = row.id<ReceptionId>(0),
          .unit = row.id<units::UnitId>(1),
          .unit_path = row.text(2),
          .receiver = row.text(3),
          .place = row.text(4),
          .starts_at = row.instant(5),
          .turn_minutes = static_cast<int>(row.integer(6)),
          .places = row.integer(7),
          .state = known(from_word(all_states, row.view(8))),
          .moved_count = row.integer(9),
          .created_by = row.integer(10),
          .created_at = row.instant(11),
          .revision = row.integer(12),
          .keeper = row.id<units::UnitId>(13),
          .keeper_path = row.text(14)};
}

Instant today_begins(Instant now) { return at_local(local_day(now)); }

Day month_begins(Day day) {
  const std::chrono::year_month_day date{day};
  return Day{date.year() / date.month() / std::chrono::day(1)};
}

}  // namespace

ReceptionId insert(db::Write& write, const Reception& r) {
  return *write.returning(
      "INSERT INTO reception (unit_id, unit_path, receiver, place, starts_at, turn_minutes, "
      "places, state, created_by, created_at, keeper_id, keeper_path) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $1, $2) RETURNING id",
      [](const db::Row& row) { return row.id<ReceptionId>(0); }, r.unit, r.unit_path, r.receiver,
      r.place, r.starts_at, std::int64_t{r.turn_minutes}, r.places, to_text(r.state), r.created_by,
      r.created_at);
}

bool save(db::Write& write, const Reception& r) {
  return write.run(
             "UPDATE reception SET starts_at = $3, state = $4, moved_count = $5, "
             "revision = revision + 1 WHERE id = $1 AND revision = $2",
             r.id, r.revision, r.starts_at, to_text(r.state), r.moved_count) == 1;
}

std::optional<Reception> find(db::Read& read, ReceptionId id) {
  return read.one("SELECT * FROM reception WHERE id = $1", to_reception, id);
}

bool is_announced_on(db::Read& read, units::UnitId unit, std::string_view receiver, Day day) {
  return read
      .one(
          "SELECT 1 FROM reception WHERE unit_id = $1 AND receiver = $2 AND starts_at >= $3 "
          "AND starts_at < $4 AND state <> 'cancelled' LIMIT 1",
          [](const db::Row& row) { return row.integer(0); }, unit, receiver, at_local(day),
          at_local(day + std::chrono::days(1)))
      .has_value();
}

std::vector<Reception> days_of(db::Read& read, const Wanted& w) {
  const Instant today = today_begins(w.now);
  if (w.keeper && w.is_past)
    return read.all(
        "SELECT * FROM reception WHERE keeper_id = $1 AND starts_at < $2 "
        "ORDER BY starts_at DESC, id LIMIT $3 OFFSET $4",
        to_reception, *w.keeper, today, w.limit, w.from);
  if (w.keeper)
    return read.all(
        "SELECT * FROM reception WHERE keeper_id = $1 AND starts_at >= $2 "
        "ORDER BY starts_at, id LIMIT $3 OFFSET $4",
        to_reception, *w.keeper, today, w.limit, w.from);
  if (w.unit && w.is_past)
    return read.all(
        "SELECT * FROM reception WHERE unit_id = $1 AND starts_at < $2 "
        "ORDER BY starts_at DESC, id LIMIT $3 OFFSET $4",
        to_reception, *w.unit, today, w.limit, w.from);
  if (w.unit)
    return read.all(
        "SELECT * FROM reception WHERE unit_id = $1 AND starts_at >= $2 "
        "ORDER BY starts_at, id LIMIT $3 OFFSET $4",
        to_reception, *w.unit, today, w.limit, w.from);
  if (w.is_past)
    return read.all(
        "SELECT * FROM reception WHERE starts_at < $1 ORDER BY starts_at DESC, id "
        "LIMIT $2 OFFSET $3",
        to_reception, today, w.limit, w.from);
  return read.all(
      "SELECT * FROM reception WHERE starts_at >= $1 ORDER BY starts_at, id LIMIT $2 OFFSET $3",
      to_reception, today, w.limit, w.from);
}

std::vector<Reception> days_below(db::Read& read, std::string_view path, const Wanted& w) {
  const auto [first, last] = units::subtree_range(path);
  const Instant today = today_begins(w.now);
  if (w.is_past)
    return read.all(
        "SELECT * FROM reception WHERE unit_path > $1 AND unit_path < $2 AND starts_at < $3 "
        "ORDER BY starts_at DESC, id LIMIT $4 OFFSET $5",
        to_reception, first, last, today, w.limit, w.from);
  return read.all(
      "SELECT * FROM reception WHERE unit_path > $1 AND unit_path < $2 AND starts_at >= $3 "
      "ORDER BY starts_at, id LIMIT $4 OFFSET $5",
      to_reception, first, last, today, w.limit, w.from);
}

std::vector<Reception> next_open(db::Read& read,
                                 const Reception& but,
                                 Instant now,
                                 std::int64_t limit) {
  return read.all(
      "SELECT * FROM reception r WHERE unit_id = $1 AND id <> $2 AND starts_at > $3 "
      "AND state <> 'cancelled' AND (SELECT count(*) FROM reception_turn t "
      "WHERE t.reception_id = r.id AND t.state <> 'cancelled') < places "
      "ORDER BY starts_at, id LIMIT $4",
      to_reception, but.unit, but.id, now, limit);
}

void insert(db::Write& write, ReceptionId id, const Event& event) {
  write.run(
      "INSERT INTO reception_event (reception_id, at, what, starts_at, words, line) "
      "VALUES ($1, $2, $3, $4, $5, $6)",
      id, event.at, to_text(event.what), event.starts_at, event.words, event.line);
}

std::vector<Event> events_of(db::Read& read, ReceptionId id) {
  return read.all(
      "SELECT at, what, starts_at, words, line FROM reception_event WHERE reception_id = $1 "
      "ORDER BY id",
      [](const db::Row& row) {
        return Event{row.instant(0), known(from_word(all_happenings, row.view(1))), row.instant(2),
                     row.text(3), row.integer(4)};
      },
      id);
}

std::vector<Month> months_of(db::Read& read, units::UnitId unit, Day since, Instant now) {
  std::map<Day, Month, std::greater<>> months;
  const auto month_at = [&](Day day) -> Month& {
    Month& month = months[month_begins(day)];
    month.first = month_begins(day);
    return month;
  };
  // Only days that are over or told: what is to come is in the list of days.
  read.each(
      "SELECT * FROM reception WHERE unit_id = $1 AND starts_at >= $2 AND starts_at < $3",
      [&](const db::Row& row) {
        const Reception r = to_reception(row);
        const Day day = local_day(r.starts_at);
        Month& month = month_at(day);
        ++month.announced;
        month.held += r.state == State::held ? 1 : 0;
        month.cancelled += r.state == State::cancelled ? 1 : 0;
        month.not_held += r.was_not_held(now) ? 1 : 0;
      },
      unit, at_local(month_begins(since)), at_local(local_day(now) + std::chrono::days(1)));
  // Where days stood before they were moved.
  std::int64_t day_id = 0;
  Instant stood{};
  read.each(
      "SELECT e.reception_id, e.at, e.what, e.starts_at FROM reception_event e "
      "JOIN reception r ON r.id = e.reception_id WHERE r.unit_id = $1 AND r.moved_count > 0 "
      "ORDER BY e.reception_id, e.id",
      [&](const db::Row& row) {
        if (row.integer(0) == day_id && row.view(2) == "moved" &&
            month_begins(local_day(stood)) >= month_begins(since)) {
          Month& month = month_at(local_day(stood));
          ++month.announced;
          ++(local_day(row.instant(1)) == local_day(stood) ? month.not_held : month.moved);
        }
        day_id = row.integer(0);
        stood = row.instant(3);
      },
      unit);
  std::vector<Month> all;
  for (const auto& [first, month] : months) all.push_back(month);
  return all;
}

People people_of(db::Read& read, units::UnitId unit, const Quarter& quarter) {
  return *read.one(
      "SELECT count(*), count(*) FILTER (WHERE t.results > 0 AND t.is_late = 0), "
      "count(*) FILTER (WHERE t.is_late = 1) FROM reception_turn t "
      "JOIN reception r ON r.id = t.reception_id WHERE r.unit_id = $1 AND r.starts_at >= $2 "
      "AND r.starts_at < $3 AND t.state = 'came'",
      [](const db::Row& row) {
        return People{.came = row.integer(0), .on_time = row.integer(1), .late = row.integer(2)};
      },
      unit, at_local(quarter.first), at_local(quarter.end));
}

std::vector<Standing> standings(db::Read& read,
                                Instant now,
                                std::int64_t from,
                                std::int64_t limit) {
  auto all = read.all(
      "SELECT u.unit_id, coalesce(d.overdue, 0) AS late "
      "FROM (SELECT unit_id FROM reception UNION SELECT keeper_id FROM reception) u LEFT JOIN "
      "(SELECT r.keeper_id AS unit_id, count(*) AS overdue FROM reception_turn t "
      " JOIN reception r ON r.id = t.reception_id WHERE t.due_at < $1 GROUP BY r.keeper_id) d "
      "ON d.unit_id = u.unit_id ORDER BY late DESC, u.unit_id LIMIT $2 OFFSET $3",
      [](const db::Row& row) {
        return Standing{.unit = row.id<units::UnitId>(0), .overdue = row.integer(1)};
      },
      now, limit, from);
  for (Standing& each : all)
    for (const Reception& r : days_of(read, {.unit = each.unit, .now = now}))
      if (r.takes_bookings(now)) {
        each.next_at = r.starts_at;
        each.next_id = r.id.value;
        break;
      }
  return all;
}

std::int64_t count_unlogged(db::Read& read, units::UnitId unit, Instant now) {
  return *read.one(
      "SELECT count(*) FROM reception_turn t JOIN reception r ON r.id = t.reception_id "
      "WHERE r.keeper_id = $1 AND r.state = 'held' AND r.starts_at < $2 AND t.state = 'booked'",
      [](const db::Row& row) { return row.integer(0); }, unit, today_begins(now));
}

std::int64_t count_undecided(db::Read& read, units::UnitId unit, Instant now) {
  return *read.one(
      "SELECT count(*) FROM reception_contest c JOIN reception_turn t ON t.id = c.turn_id "
      "JOIN reception r ON r.id = t.reception_id "
      "WHERE r.keeper_id = $1 AND c.ruled_at IS NULL AND c.due_at < $2",
      [](const db::Row& row) { return row.integer(0); }, unit, now);
}

std::int64_t free_of(db::Read& read, const Reception& r, Instant now) {
  if (!r.takes_bookings(now)) return 0;
  std::int64_t first = 1;
  while (first <= r.places && r.turn_at(first) <= now) ++first;
  return r.places - first + 1 -
         *read.one(
             "SELECT count(*) FROM reception_turn WHERE reception_id = $1 "
             "AND state <> 'cancelled' AND slot >= $2 AND slot <= $3",
             [](const db::Row& row) { return row.integer(0); }, r.id, first, r.places);
}

std::int64_t count_overdue(db::Read& read, units::UnitId unit, Instant now) {
  return *read.one(
      "SELECT count(*) FROM reception_turn t JOIN reception r ON r.id = t.reception_id "
      "WHERE r.keeper_id = $1 AND t.due_at < $2",
      [](const db::Row& row) { return row.integer(0); }, unit, now);
}

}  // namespace ln::reception
