#include "feature/feedback/feedback_store_dispute.h"

#include "core/units/units_store.h"
#include "feature/feedback/feedback_store.h"

namespace ln::feedback {
namespace {

Dispute dispute_from(const db::Row& row) {
  Dispute dispute{.id = row.integer(0),
                  .feedback = row.id<FeedbackId>(1),
                  .at = row.instant(2),
                  .by = row.id<units::UnitId>(3),
                  .with = row.id<units::UnitId>(4),
                  .above = row.id<units::UnitId>(5),
                  .decided_at = row.maybe_instant(6)};
  if (!row.is_null(7)) dispute.decided = row.id<units::UnitId>(7);
  return dispute;
}

}  // namespace

void insert_dispute(db::Write& write, const Dispute& dispute, std::string_view above_path) {
  write.run("DELETE FROM feedback_dispute WHERE feedback_id = $1 AND decided_at IS NULL",
            dispute.feedback);
  write.run(
      "INSERT INTO feedback_dispute (feedback_id, at, by_unit_id, with_unit_id, above_unit_id, "
      "above_path) VALUES ($1, $2, $3, $4, $5, $6)",
      dispute.feedback, dispute.at, dispute.by, dispute.with, dispute.above, above_path);
}

void decide_dispute(db::Write& write, const Dispute& dispute, units::UnitId whose, Instant at) {
  write.run("UPDATE feedback_dispute SET decided_at = $1, decided_unit_id = $2 WHERE id = $3", at,
            whose, dispute.id);
}

std::optional<Dispute> newest_dispute(db::Read& read, FeedbackId id) {
  return read.one(
      "SELECT id, feedback_id, at, by_unit_id, with_unit_id, above_unit_id, decided_at, "
      "decided_unit_id FROM feedback_dispute WHERE feedback_id = $1 ORDER BY id DESC LIMIT 1",
      dispute_from, id);
}

std::optional<Dispute> open_dispute(db::Read& read, const Feedback& feedback) {
  auto newest = newest_dispute(read, feedback.id);
  if (newest && (newest->decided_at || newest->by != feedback.unit)) newest.reset();
  return newest;
}

std::optional<Dispute> open_dispute(db::Read& read, const Code& code) {
  const auto feedback = find(read, code);
  return feedback ? open_dispute(read, *feedback) : std::nullopt;
}

bool had(db::Read& read, FeedbackId id, units::UnitId unit) {
  return read
      .one(
          "SELECT 1 FROM feedback_event WHERE feedback_id = $1 AND unit_id = $2 "
          "AND (event = 'received' OR event = 'transferred' AND reason = '') LIMIT 1",
          [](const db::Row& row) { return row.integer(0); }, id, unit)
      .has_value();
}

// The oldest first: it has waited longest. What was answered meanwhile needs no decision.
std::vector<Disputed> disputes_below(db::Read& read,
                                     std::string_view above_path,
                                     std::int64_t limit) {
  const auto [first, second] = units::subtree_range(above_path);
  const auto all = read.all(
      "SELECT d.id, d.feedback_id, d.at, d.by_unit_id, d.with_unit_id, d.above_unit_id, "
      "d.decided_at, d.decided_unit_id FROM feedback_dispute d "
      "JOIN feedback f ON f.id = d.feedback_id "
      "WHERE d.above_path >= $1 AND d.above_path < $2 AND d.decided_at IS NULL "
      "AND d.by_unit_id = f.unit_id "
      "AND f.erased_at IS NULL AND f.state <> 'answered' AND f.state <> 'declined' "
      "AND f.state <> 'redirected' AND f.state <> 'closed' ORDER BY d.id LIMIT $3",
      dispute_from, first, second, limit);
  std::vector<Disputed> found;
  for (const Dispute& each : all)
    if (auto row = find(read, each.feedback)) found.push_back({each, *std::move(row)});
  return found;
}

}  // namespace ln::feedback
