#include "feature/feedback/feedback_store_copied.h"

namespace ln::feedback {

// The states are written as in the index feedback_by_over_unit, which both engines then use.
std::vector<std::string> last_answers(db::Read& read, std::string_view unit_path, FeedbackId but) {
  return read.all(
      "SELECT e.text FROM (SELECT id, about, is_protected, erased_at FROM feedback "
      "  WHERE unit_path = $1 AND state <> 'received' AND state <> 'accepted' "
      "  AND state <> 'assigned' AND state <> 'asked' AND state <> 'promised' "
      "  AND state <> 'reopened' ORDER BY id DESC LIMIT $2) f "
      "JOIN feedback_event e ON e.feedback_id = f.id AND e.event = 'answered' "
      "WHERE f.id <> $3 AND f.about <> 'conduct' AND f.is_protected = 0 AND f.erased_at IS NULL",
      [](const db::Row& row) { return row.text(0); }, unit_path, last_answers_max, but);
}

}  // namespace ln::feedback
