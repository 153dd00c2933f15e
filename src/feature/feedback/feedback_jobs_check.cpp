#include "feature/feedback/feedback_jobs_check.h"

#include <string>
#include <string_view>

#include "feature/feedback/feedback_actions_triage.h"
#include "feature/feedback/feedback_moderation.h"

namespace ln::feedback {
namespace {

using Faults = std::vector<ledger::Fault>;

void check_reports(db::Read& read, Faults& faults) {
  read.each(
      "SELECT e.id, e.payload, s.body_salt, f.id, CASE WHEN i.first_body <> '' THEN i.first_body "
      "ELSE f.body END FROM ledger_entry e JOIN ledger_secret s ON s.id = e.id "
      "LEFT JOIN feedback f ON f.id = e.subject_id "
      "LEFT JOIN feedback_intake i ON i.feedback_id = e.subject_id "
      "WHERE e.subject_kind = 'feedback' AND e.seq = 0 AND s.is_dummy IS NULL "
      "AND f.erased_at IS NULL ORDER BY e.id",
      [&](const db::Row& row) {
        if (row.is_null(3))
          faults.push_back({row.integer(0), "the case of this line is not there any more"});
        else if (!ledger::was_told(row.view(1), row.view(2), row.view(4)))
          faults.push_back({row.integer(0), "the report is not the one that was sent"});
      });
}

// What is kept of an event is what its line was told. The report itself stands with the case.
void check_events(db::Read& read, Faults& faults) {
  read.each(
      "SELECT e.id, e.payload, s.body_salt, v.text FROM feedback_event v "
      "JOIN feedback f ON f.id = v.feedback_id JOIN ledger_entry e ON e.id = v.ledger_index + 1 "
      "JOIN ledger_secret s ON s.id = e.id "
      "WHERE v.ledger_index IS NOT NULL AND v.event <> 'received' AND f.erased_at IS NULL "
      "ORDER BY v.id",
      [&](const db::Row& row) {
        if (!ledger::was_told(row.view(1), row.view(2), row.view(3)))
          faults.push_back({row.integer(0), "the words are not those of this line"});
      });
}

// What is read today is the newest of what was told: a correction of the report, the public
// version.
void check_newest(db::Read& read, Faults& faults) {
  read.each(
      "SELECT COALESCE(v.ledger_index, -1) + 1, v.text, f.body FROM feedback_intake i "
      "JOIN feedback f ON f.id = i.feedback_id JOIN feedback_event v ON v.id = (SELECT max(x.id) "
      "FROM feedback_event x WHERE x.feedback_id = f.id AND x.reason = $1) "
      "WHERE i.corrected_at IS NOT NULL AND f.erased_at IS NULL ORDER BY f.id",
      [&](const db::Row& row) {
        if (row.view(1) != row.view(2))
          faults.push_back({row.integer(0), "the report is not the one that was corrected last"});
      },
      corrected_word);
  // Published as it was sent, or with the words of its line: title, empty line, body.
  read.each(
      "SELECT COALESCE(v.ledger_index, -1) + 1, v.event, v.text, f.public_title, f.public_body, "
      "f.body, COALESCE(i.first_body, '') FROM feedback f JOIN feedback_event v ON v.id = "
      "(SELECT max(x.id) FROM feedback_event x WHERE x.feedback_id = f.id AND "
      "(x.event = 'published' OR (x.event = 'redacted' AND x.text <> '' AND x.reason <> $1))) "
      "LEFT JOIN feedback_intake i ON i.feedback_id = f.id "
      "WHERE f.published_at IS NOT NULL AND f.erased_at IS NULL ORDER BY f.id",
      [&](const db::Row& row) {
        const std::string_view body = row.view(4);
        const bool fits = row.view(1) == "redacted"
                              ? row.view(2) == row.text(3) + "\n\n" + row.text(4)
                              : body == row.view(5) || body == row.view(6);
        if (!fits)
          faults.push_back({row.integer(0), "what everybody reads is not what was published"});
      },
      to_text(Change::contested));
}

}  // namespace

Faults unfit_texts(db::Read& read) {
  Faults faults;
  check_reports(read, faults);
  check_events(read, faults);
  check_newest(read, faults);
  return faults;
}

}  // namespace ln::feedback
