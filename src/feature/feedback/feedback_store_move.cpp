#include "feature/feedback/feedback_store_move.h"

namespace ln::feedback {
namespace {

#define MOVE_COLUMNS \
  "feedback_id, reorganisation_id, from_unit_id, to_unit_id, is_certain, settled_at, settled_by"

Move move_from_row(const db::Row& row) {
  return {.feedback = row.id<FeedbackId>(0),
          .event = row.id<units::ReorganisationId>(1),
          .from = row.id<units::UnitId>(2),
          .to = row.id<units::UnitId>(3),
          .is_certain = row.flag(4),
          .settled_at = row.maybe_instant(5),
          .settled_by = row.maybe_integer(6).value_or(0)};
}

}  // namespace

void insert(db::Write& write, const Move& move) {
  write.run(
      "INSERT INTO feedback_move (feedback_id, reorganisation_id, from_unit_id, to_unit_id, "
      "is_certain) VALUES ($1, $2, $3, $4, $5) "
      "ON CONFLICT (feedback_id, reorganisation_id) DO NOTHING",
      move.feedback, move.event, move.from, move.to, move.is_certain);
}

bool settle(db::Write& write, const Move& move) {
  return 1 == write.run(
                  "UPDATE feedback_move SET to_unit_id = $1, settled_at = $2, settled_by = $3 "
                  "WHERE feedback_id = $4 AND reorganisation_id = $5 AND is_certain = 0 "
                  "AND settled_at IS NULL",
                  move.to, move.settled_at, move.settled_by, move.feedback, move.event);
}

std::optional<Move> find_move(db::Read& read, FeedbackId id, units::ReorganisationId event) {
  return read.one("SELECT " MOVE_COLUMNS
                  " FROM feedback_move WHERE feedback_id = $1 AND reorganisation_id = $2",
                  move_from_row, id, event);
}

std::vector<Move> moves_of(db::Read& read, FeedbackId id) {
  return read.all("SELECT " MOVE_COLUMNS
                  " FROM feedback_move WHERE feedback_id = $1 ORDER BY reorganisation_id",
                  move_from_row, id);
}

std::vector<Move> undetermined_moves(db::Read& read,
                                     units::ReorganisationId event,
                                     FeedbackId after,
                                     std::int64_t limit) {
  return read.all("SELECT " MOVE_COLUMNS
                  " FROM feedback_move WHERE reorganisation_id = $1 AND feedback_id > $2 "
                  "AND is_certain = 0 AND settled_at IS NULL ORDER BY feedback_id LIMIT $3",
                  move_from_row, event, after, limit);
}

MoveCounts count_moves(db::Read& read, units::ReorganisationId event) {
  return *read.one(
      "SELECT count(*), count(*) FILTER (WHERE is_certain = 0 AND settled_at IS NULL), "
      "count(*) FILTER (WHERE settled_at IS NOT NULL) "
      "FROM feedback_move WHERE reorganisation_id = $1",
      [](const db::Row& row) { return MoveCounts{row.integer(0), row.integer(1), row.integer(2)}; },
      event);
}

std::vector<FeedbackId> left_behind(db::Read& read, Day day, FeedbackId after, std::int64_t limit) {
  return read.all(
      "SELECT f.id FROM feedback f JOIN unit u ON u.id = f.unit_id "
      "WHERE f.id > $1 AND f.state <> 'closed' AND f.erased_at IS NULL "
      "AND u.valid_to IS NOT NULL AND u.valid_to < $2 ORDER BY f.id LIMIT $3",
      [](const db::Row& row) { return row.id<FeedbackId>(0); }, after, day, limit);
}

std::map<units::UnitId, std::int64_t> count_not_closed(db::Read& read) {
  std::map<units::UnitId, std::int64_t> counts;
  read.each(
      "SELECT unit_id, count(*) FROM feedback WHERE state <> 'closed' AND erased_at IS NULL "
      "GROUP BY unit_id",
      [&](const db::Row& row) { counts[row.id<units::UnitId>(0)] = row.integer(1); });
  return counts;
}

}  // namespace ln::feedback
