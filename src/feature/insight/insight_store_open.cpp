#include "feature/insight/insight_store_open.h"

namespace ln::insight {
namespace {

int year_of(Day day) { return static_cast<int>(std::chrono::year_month_day(day).year()); }
Day first_of(int year) { return Day(std::chrono::year(year) / std::chrono::January / 1); }

Place place_from(const db::Row& row, int column) {
  return {row.text(column), to_iso(row.day(column + 1))};
}

// A rating is told as it is at this moment, once and for good; what was said beside the score only
// where nobody of the class said it, or so many did as a class needs.
void tell_ratings(db::Write& write, std::int64_t id) {
  std::int64_t again = 0, believed = 0;
  write.each(
      "SELECT r.again, r.believed FROM insight_member m "
      "JOIN satisfaction_rating r ON r.feedback_id = m.feedback_id WHERE m.class_id = $1",
      [&](const db::Row& row) {
        if (!row.view(0).empty()) ++again;
        if (!row.view(1).empty()) ++believed;
      },
      id);
  write.run(
      "UPDATE insight_member SET outcome = coalesce((SELECT r.score "
      "+ CASE WHEN $2 = 0 THEN 0 WHEN r.again = 'no' THEN 8 WHEN r.again = 'yes' THEN 16 "
      "  ELSE 0 END "
      "+ CASE WHEN $3 = 0 THEN 0 WHEN r.believed = 'no' THEN 32 WHEN r.believed = 'yes' THEN 64 "
      "  ELSE 0 END "
      "FROM satisfaction_rating r WHERE r.feedback_id = insight_member.feedback_id), 0) "
      "WHERE class_id = $1",
      id, again >= class_floor ? 1 : 0, believed >= class_floor ? 1 : 0);
}

}  // namespace

std::string_view to_text(What what) { return what == What::cases ? "case" : "rating"; }

ClassRow class_row_from(const db::Row& row) {
  return {.unit = place_from(row, 0),
          .from = row.day(2),
          .to = row.day(3),
          .topic = row.maybe_text(4).value_or(""),
          .sender = row.text(5),
          .outcome = row.integer(6),
          .count = row.integer(7)};
}

std::optional<Day> last_open_week(db::Read& read) {
  return read.one("SELECT to_day FROM insight_week ORDER BY to_day DESC LIMIT 1",
                  [](const db::Row& row) { return row.day(0); });
}

void each_waiting(db::Read& read,
                  What what,
                  Instant before,
                  const std::function<void(std::int64_t unit, Waiting waiting)>& take) {
  const auto give = [&](const db::Row& row) {
    take(row.integer(0), {.id = row.integer(1),
                          .letter = row.integer(6),
                          .topic = row.maybe_integer(2).value_or(0),
                          .sender = row.text(3),
                          .is_public = row.flag(4),
                          .received = local_day(row.instant(5))});
  };
  if (what == What::cases)
    read.each(
        // Until it can no longer be put back (604,800,000 ms: feedback::rejoin_for), a part is
        // nothing to count; one that was put back never is.
        "SELECT f.unit_id, f.id, f.topic_id, f.sender, f.is_public, "
        "coalesce(p.made_at + 604800000, f.received_at), coalesce(p.letter_id, 0) "
        "FROM feedback f LEFT JOIN feedback_part p ON p.feedback_id = f.id "
        "LEFT JOIN insight_member m ON m.what = 'case' AND m.feedback_id = f.id "
        "WHERE m.feedback_id IS NULL AND f.received_at < $1 AND f.about <> 'conduct' "
        "AND f.is_protected = 0 AND f.entered_by IS NULL AND f.held_as IS NULL "
        "AND p.undone_at IS NULL AND (p.made_at IS NULL OR p.made_at + 604800000 < $1) "
        "ORDER BY coalesce(p.made_at + 604800000, f.received_at), f.id",
        give, before);
  else
    read.each(
        "SELECT r.unit_id, r.feedback_id, NULL, '', 0, r.first_at, coalesce(p.letter_id, 0) "
        "FROM satisfaction_rating r JOIN feedback f ON f.id = r.feedback_id "
        "LEFT JOIN feedback_part p ON p.feedback_id = f.id "
        "LEFT JOIN insight_member m ON m.what = 'rating' AND m.feedback_id = r.feedback_id "
        "WHERE m.feedback_id IS NULL AND r.first_at < $1 AND r.entered_by IS NULL "
        "AND f.about <> 'conduct' AND f.is_protected = 0 AND f.held_as IS NULL "
        "ORDER BY r.first_at, r.feedback_id",
        give, before);
}

void insert_class(db::Write& write, What what, std::int64_t unit, const OpenClass& made) {
  // Another node was first with one of them: a class is told whole or not at all.
  for (const std::int64_t member : made.members)
    if (write.one(
            "SELECT class_id FROM insight_member WHERE what = $1 AND feedback_id = $2",
            [](const db::Row& row) { return row.integer(0); }, to_text(what), member))
      return;
  const auto topic = made.topic == 0 ? std::nullopt : std::optional(made.topic);
  const auto id = write.returning(
      "INSERT INTO insight_class (what, unit_id, from_day, to_day, topic_id, sender) "
      "VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
      [](const db::Row& row) { return row.integer(0); }, to_text(what), unit, made.from, made.to,
      topic, made.sender);
  for (const std::int64_t member : made.members)
    write.run(
        "INSERT INTO insight_member (what, feedback_id, class_id, outcome) "
        "VALUES ($1, $2, $3, 0)",
        to_text(what), member, id);
  if (what == What::ratings) tell_ratings(write, *id);
}

void finish_week(db::Write& write, Day sunday, Instant now) {
  write.run(
      "INSERT INTO insight_week (to_day, counted_at) VALUES ($1, $2) "
      "ON CONFLICT (to_day) DO NOTHING",
      sunday, now);
}

// The bits are those of Outcome, in its order.
std::int64_t renew_outcomes(db::Write& write, std::int64_t first, std::int64_t last, Instant now) {
  return write.run(
      "UPDATE insight_member SET outcome = coalesce((SELECT "
      "CASE WHEN f.answered_at IS NOT NULL THEN 1 ELSE 0 END "
      "+ CASE WHEN f.answered_at <= f.first_due_at THEN 2 ELSE 0 END "
      "+ CASE WHEN f.answered_at IS NULL AND f.due_at < $1 "
      "  AND f.state IN ('received','accepted','assigned','reopened') THEN 4 ELSE 0 END "
      "+ CASE WHEN f.state IN ('received','accepted','assigned','asked','promised','reopened') "
      "  THEN 8 ELSE 0 END "
      "+ CASE WHEN f.state IN ('declined','redirected') THEN 16 ELSE 0 END "
      "+ CASE WHEN f.reopen_count > 0 THEN 32 ELSE 0 END "
      "+ CASE WHEN f.closed_by = 'citizen' THEN 64 ELSE 0 END "
      "FROM feedback f WHERE f.id = insight_member.feedback_id), outcome) "
      "WHERE what = 'case' AND feedback_id >= $2 AND feedback_id <= $3",
      now, first, last);
}

std::int64_t last_member(db::Read& read) {
  return read
      .one("SELECT coalesce(max(feedback_id), 0) FROM insight_member",
           [](const db::Row& row) { return row.integer(0); })
      .value_or(0);
}

void each_class_row(db::Read& read,
                    What what,
                    int year,
                    const std::function<void(const ClassRow&)>& take) {
  read.each(
      "SELECT u.code, u.valid_from, c.from_day, c.to_day, t.code, c.sender, m.outcome, count(*) "
      "FROM insight_class c JOIN unit u ON u.id = c.unit_id "
      "LEFT JOIN feedback_topic t ON t.id = c.topic_id "
      "JOIN insight_member m ON m.class_id = c.id "
      "WHERE c.what = $1 AND c.to_day >= $2 AND c.to_day < $3 "
      "GROUP BY c.to_day, c.id, m.outcome, u.code, u.valid_from, c.from_day, t.code, c.sender "
      "ORDER BY c.to_day, c.id, m.outcome",
      [&](const db::Row& row) { take(class_row_from(row)); }, to_text(what), first_of(year),
      first_of(year + 1));
}

std::optional<std::pair<int, int>> open_years(db::Read& read) {
  const auto years = read.one("SELECT min(to_day), max(to_day) FROM insight_class",
                              [](const db::Row& row) -> std::optional<std::pair<int, int>> {
                                if (row.is_null(0)) return std::nullopt;
                                return std::pair(year_of(row.day(0)), year_of(row.day(1)));
                              });
  return years.value_or(std::nullopt);
}

void each_published(db::Read& read,
                    Instant from,
                    Instant to,
                    Instant published,
                    const std::function<void(const PublishedCase&)>& take) {
  read.each(
      "SELECT f.code, f.kind, f.about, t.code, f.state, f.public_title, f.public_body, u.code, "
      "u.valid_from, f.received_at, f.published_at, f.due_at, f.answered_at, f.closed_at "
      "FROM feedback f JOIN unit u ON u.id = f.unit_id "
      "LEFT JOIN feedback_topic t ON t.id = f.topic_id "
      "WHERE f.published_at IS NOT NULL AND f.about <> 'conduct' AND f.is_protected = 0 "
      "AND f.held_as IS NULL AND f.erased_at IS NULL AND f.received_at >= $1 "
      "AND f.received_at < $2 AND f.published_at < $3 ORDER BY f.id",
      [&](const db::Row& row) {
        take({.code = row.text(0),
              .kind = row.text(1),
              .about = row.text(2),
              .topic = row.maybe_text(3).value_or(""),
              .state = row.text(4),
              .title = row.text(5),
              .body = row.text(6),
              .unit = place_from(row, 7),
              .received = row.instant(9),
              .published = row.instant(10),
              .due = row.instant(11),
              .answered = row.maybe_instant(12),
              .closed = row.maybe_instant(13)});
      },
      from, to, published);
}

std::optional<std::pair<int, int>> published_years(db::Read& read, Instant before) {
  const auto years = read.one(
      "SELECT min(received_at), max(received_at) FROM feedback "
      "WHERE published_at IS NOT NULL AND received_at < $1",
      [](const db::Row& row) -> std::optional<std::pair<int, int>> {
        if (row.is_null(0)) return std::nullopt;
        return std::pair(year_of(local_day(row.instant(0))), year_of(local_day(row.instant(1))));
      },
      before);
  return years.value_or(std::nullopt);
}

Apart count_apart(db::Read& read, Instant from, Instant to) {
  const auto apart = read.one(
      "SELECT coalesce(sum(CASE WHEN about = 'conduct' OR is_protected = 1 "
      "OR held_as IS NOT NULL THEN 1 ELSE 0 END), 0), "
      "coalesce(sum(CASE WHEN about <> 'conduct' AND is_protected = 0 AND held_as IS NULL "
      "AND entered_by IS NOT NULL THEN 1 ELSE 0 END), 0) "
      "FROM feedback WHERE received_at >= $1 AND received_at < $2",
      [](const db::Row& row) { return Apart{row.integer(0), row.integer(1)}; }, from, to);
  return apart.value_or(Apart{});
}

std::optional<Instant> first_received(db::Read& read) {
  const auto first = read.one("SELECT min(received_at) FROM feedback",
                              [](const db::Row& row) { return row.maybe_instant(0); });
  return first.value_or(std::nullopt);
}

std::vector<TopicRow> open_topics(db::Read& read) {
  return read.all(
      "SELECT code, parent_code, about, name_vi, name_en, deadline_kind, deadline_count, "
      "urgent_kind, urgent_count, is_smallest, valid_to FROM feedback_topic ORDER BY id",
      [](const db::Row& row) {
        const auto valid_to = row.maybe_integer(10);
        return TopicRow{
            .code = row.text(0),
            .parent = row.maybe_text(1).value_or(""),
            .about = row.text(2),
            .name_vi = row.text(3),
            .name_en = row.text(4),
            .measure = row.text(5),
            .urgent_measure = row.text(7),
            .count = row.integer(6),
            .urgent_count = row.integer(8),
            .is_smallest = row.flag(9),
            .valid_to = valid_to ? std::optional(Day(std::chrono::days(*valid_to))) : std::nullopt};
      });
}

void each_unit(db::Read& read,
               const std::function<void(const units::Unit&, const Place& parent)>& take) {
  read.each(
      "SELECT u.code, u.valid_from, u.valid_to, u.name, u.name_en, u.kind, u.type, p.code, "
      "p.valid_from, u.id FROM unit u LEFT JOIN unit p ON p.id = u.parent_id ORDER BY u.id",
      [&](const db::Row& row) {
        constexpr int id = 9;
        units::Unit unit{};
        unit.id = row.id<units::UnitId>(id);
        unit.code = row.text(0);
        unit.valid_from = row.day(1);
        if (!row.is_null(2)) unit.valid_to = row.day(2);
        unit.name = row.text(3);
        unit.name_en = row.text(4);
        const auto kind = units::kind_of(row.view(5));
        if (!kind) throw db::Failure("unknown kind of a unit");
        unit.kind = *kind;
        unit.type = row.text(6);
        take(unit, row.is_null(7) ? Place{} : place_from(row, 7));
      });
}

void each_succession(db::Read& read, const std::function<void(const SuccessionRow&)>& take) {
  read.each(
      "SELECT a.code, a.valid_from, b.code, b.valid_from, s.relation, s.note "
      "FROM unit_succession s JOIN unit a ON a.id = s.old_unit_id "
      "JOIN unit b ON b.id = s.new_unit_id ORDER BY s.old_unit_id, s.new_unit_id",
      [&](const db::Row& row) {
        take({place_from(row, 0), place_from(row, 2), row.text(4), row.text(5)});
      });
}

}  // namespace ln::insight
