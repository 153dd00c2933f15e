#include "feature/feedback/feedback_store_moderation.h"

#include <limits>

namespace ln::feedback {
namespace {

Moderation moderation_from(const db::Row& row) {
  Moderation out{.id = row.integer(0),
                 .feedback = row.id<FeedbackId>(1),
                 .at = row.instant(2),
                 .unit = row.id<units::UnitId>(3)};
  const auto change = from_word(all_changes, row.view(4));
  if (!change) throw db::Failure("a moderation has an unknown word", db::Failure::Kind::corrupt);
  out.change = *change;
  out.kinds = row.text(5);
  out.reason = from_word(all_hide_reasons, row.view(6));
  out.picture = row.id<attachment::AttachmentId>(7);
  out.boxes = row.text(8);
  return out;
}

ModerationCount count_from(const db::Row& row) { return {row.text(0), row.integer(1)}; }

}  // namespace

void insert_moderation(db::Write& write, const Moderation& row) {
  write.run(
      "INSERT INTO feedback_moderation (feedback_id, at, unit_id, what, change, kinds, reason, "
      "picture, boxes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      row.feedback, row.at, row.unit,
      row.picture.value == 0 ? std::string_view("text") : std::string_view("picture"),
      to_text(row.change), row.kinds, row.reason ? to_text(*row.reason) : std::string_view(),
      row.picture, row.boxes);
}

std::vector<Moderation> moderations_of(db::Read& read, FeedbackId id) {
  return read.all(
      "SELECT id, feedback_id, at, unit_id, change, kinds, reason, picture, boxes "
      "FROM feedback_moderation WHERE feedback_id = $1 ORDER BY id",
      moderation_from, id);
}

std::vector<Logged> moderation_log(db::Read& read, std::int64_t before, std::int64_t limit) {
  return read.all(
      "SELECT m.id, m.feedback_id, m.at, "
      "CASE WHEN f.about = 'conduct' THEN 0 ELSE m.unit_id END, "
      "m.change, m.kinds, m.reason, m.picture, m.boxes, "
      "CASE WHEN f.about = 'conduct' OR f.published_at IS NULL OR f.erased_at IS NOT NULL "
      "THEN '' ELSE f.code END "
      "FROM feedback_moderation m JOIN feedback f ON f.id = m.feedback_id "
      "WHERE m.id < $1 AND f.is_protected = 0 "
      "AND (f.about <> 'conduct' OR f.answered_at IS NOT NULL) ORDER BY m.id DESC LIMIT $2",
      [](const db::Row& row) { return Logged{moderation_from(row), row.text(9)}; },
      before == 0 ? std::numeric_limits<std::int64_t>::max() : before, limit);
}

std::vector<ModerationCount> moderations_by_reason(db::Read& read) {
  return read.all(
      "SELECT m.reason, count(*) FROM feedback_moderation m JOIN feedback f ON f.id = "
      "m.feedback_id "
      "WHERE f.is_protected = 0 AND (f.about <> 'conduct' OR f.answered_at IS NOT NULL) "
      "AND m.reason <> '' GROUP BY m.reason ORDER BY count(*) DESC, m.reason",
      count_from);
}

std::vector<ModerationCount> moderations_by_change(db::Read& read) {
  return read.all(
      "SELECT m.change, count(*) FROM feedback_moderation m JOIN feedback f ON f.id = "
      "m.feedback_id "
      "WHERE f.is_protected = 0 AND (f.about <> 'conduct' OR f.answered_at IS NOT NULL) "
      "GROUP BY m.change ORDER BY count(*) DESC, m.change",
      count_from);
}

}  // namespace ln::feedback
