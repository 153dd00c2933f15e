#include "feature/feedback/feedback_store_pressure.h"

#include <limits>

namespace ln::feedback {

std::vector<FeedbackId> ask_about_pressure(
    db::Write& write, std::chrono::days round, Instant after, Instant until, Instant now) {
  const auto asked = write.all(
      "SELECT f.id FROM feedback f WHERE f.received_at > $1 AND f.received_at <= $2 "
      "AND (f.about = 'conduct' OR f.is_protected = 1) AND f.erased_at IS NULL "
      "AND NOT EXISTS (SELECT 1 FROM feedback_pressure p "
      "  WHERE p.feedback_id = f.id AND p.round = $3) ORDER BY f.id",
      [](const db::Row& row) { return row.id<FeedbackId>(0); }, after, until, round.count());
  for (const FeedbackId id : asked)
    write.run(
        "INSERT INTO feedback_pressure (feedback_id, round, asked_at) VALUES ($1, $2, $3) "
        "ON CONFLICT DO NOTHING",
        id, round.count(), now);
  return asked;
}

std::optional<std::int64_t> open_question(db::Read& read, FeedbackId id) {
  return read.one(
      "SELECT id FROM feedback_pressure WHERE feedback_id = $1 AND round = "
      "(SELECT max(round) FROM feedback_pressure WHERE feedback_id = $1) AND answer IS NULL",
      [](const db::Row& row) { return row.integer(0); }, id);
}

void save_answer(
    db::Write& write, std::int64_t question, Pressure answer, std::string_view text, Instant at) {
  write.run("UPDATE feedback_pressure SET answer = $1, text = $2, answered_at = $3 WHERE id = $4",
            to_text(answer), text, at, question);
}

std::vector<PressureTold> pressed(db::Read& read, std::int64_t before, std::int64_t limit) {
  return read.all(
      "SELECT id, feedback_id, round, answered_at, text, taken_up_at, coalesce(taken_up_by, 0) "
      "FROM feedback_pressure WHERE answer = 'pressed' AND id < $1 ORDER BY id DESC LIMIT $2",
      [](const db::Row& row) {
        return PressureTold{row.integer(0), row.id<FeedbackId>(1), row.integer(2), row.instant(3),
                            row.text(4),    row.maybe_instant(5),  row.integer(6)};
      },
      before == 0 ? std::numeric_limits<std::int64_t>::max() : before, limit);
}

bool take_up(db::Write& write, std::int64_t id, std::int64_t account_id, Instant now) {
  return write.run(
             "UPDATE feedback_pressure SET taken_up_at = $1, taken_up_by = $2 "
             "WHERE id = $3 AND answer = 'pressed' AND taken_up_at IS NULL",
             now, account_id, id) == 1;
}

PressureCounts count_pressure(db::Read& read) {
  return *read.one(
      "SELECT count(*), count(answer), count(*) FILTER (WHERE answer = 'pressed'), "
      "count(*) FILTER (WHERE answer = 'pressed' AND taken_up_at IS NULL) FROM feedback_pressure",
      [](const db::Row& row) {
        return PressureCounts{row.integer(0), row.integer(1), row.integer(2), row.integer(3)};
      });
}

void erase_pressure(db::Write& write, FeedbackId id) {
  write.run("DELETE FROM feedback_pressure WHERE feedback_id = $1", id);
}

}  // namespace ln::feedback
