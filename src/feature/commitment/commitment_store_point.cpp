#include "feature/commitment/commitment_store_point.h"

namespace ln::commitment {

std::optional<PromisedPoint> find_point(db::Read& read, std::int64_t id) {
  return read.one(
      "SELECT i.id, i.consultation_id, c.unit_id, c.unit_path, i.title, i.reason, i.answered_at "
      "FROM consultation_issue i JOIN consultation c ON c.id = i.consultation_id "
      "WHERE i.id = $1 AND c.stage <> 'editing'",
      [](const db::Row& row) {
        return PromisedPoint{.id = row.integer(0),
                             .draft_id = row.integer(1),
                             .unit = row.id<units::UnitId>(2),
                             .unit_path = row.text(3),
                             .title = row.text(4),
                             .answer = row.text(5),
                             .is_answered = !row.is_null(6)};
      },
      id);
}

std::optional<Asked::Person> find_author(db::Read& read,
                                         std::int64_t point,
                                         std::string_view code) {
  return read.one(
      "SELECT code, citizen_key FROM consultation_comment WHERE code = $1 AND issue_id = $2 "
      "AND state <> 'withdrawn'",
      [](const db::Row& row) { return Asked::Person{row.text(0), row.text(1)}; }, code, point);
}

}  // namespace ln::commitment
