#include "feature/feedback/feedback_store_watch.h"

#include "feature/feedback/feedback_store_row.h"

namespace ln::feedback {
std::string_view to_text(Concern concern) {
  switch (concern) {
    case Concern::declined: return "declined";
    case Concern::late: return "late";
    case Concern::escalated: return "escalated";
    case Concern::reopened: return "reopened";
    case Concern::contested: return "contested";
  }
  return "";
}

std::vector<Feedback> sealed_cases(db::Read& read, std::int64_t before, std::int64_t limit) {
  return read.all(
      "SELECT feedback.* FROM feedback "
      "JOIN feedback_contact ON feedback_contact.feedback_id = feedback.id "
      "WHERE feedback_contact.sealed IS NOT NULL "
      "AND feedback.id < $1 ORDER BY feedback.id DESC LIMIT $2",
      feedback_from_row, before == 0 ? end_of_time : before, limit);
}

std::vector<Feedback> watched(db::Read& read, const WatchFilter& filter) {
  const auto [first, second] = units::subtree_range(filter.unit_path);
  return read.all(
      "SELECT * FROM feedback WHERE is_protected = 0 AND held_as IS NULL AND id < $1 "
      "AND ($2 = '' OR (unit_path >= $3 AND unit_path < $4)) "
      "AND (($5 = 'declined' AND state = 'declined') "
      "  OR ($5 = 'reopened' AND reopen_count > 0) "
      "  OR ($5 = 'contested' AND contest_count > 0) "
      "  OR ($5 = 'late' AND state IN ('received','accepted','assigned','reopened') "
      "      AND due_at < $6) "
      "  OR ($5 = 'late' AND state = 'promised' AND promised_on < $8) "
      "  OR ($5 = 'escalated' AND state IN "
      "('received','accepted','assigned','reopened','promised') "
      "      AND EXISTS (SELECT 1 FROM feedback_escalation e WHERE e.feedback_id = feedback.id "
      "      AND e.rung > 1 AND e.due_at = feedback.due_at))) "
      "ORDER BY id DESC LIMIT $7",
      feedback_from_row, filter.before == 0 ? end_of_time : filter.before, filter.unit_path, first,
      second, to_text(filter.concern), filter.now, filter.limit, local_day(filter.now));
}

}  // namespace ln::feedback
