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
                                         std::string_view code,
                                         Instant by) {
  return read.one(
      "SELECT code, citizen_key FROM consultation_comment WHERE code = $1 AND issue_id = $2 "
      "AND state <> 'withdrawn' AND sent_at <= $3",
      [](const db::Row& row) { return Asked::Person{row.text(0), row.text(1)}; }, code, point, by);
}

std::int64_t count_authors(
    db::Read& read, std::int64_t draft, std::int64_t point, Instant by, std::int64_t most) {
  return static_cast<std::int64_t>(
      read.all(
              "SELECT id FROM consultation_comment WHERE consultation_id = $1 AND issue_id = $2 "
              "AND state <> 'withdrawn' AND sent_at <= $3 ORDER BY id LIMIT $4",
              [](const db::Row& row) { return row.integer(0); }, draft, point, by, most)
          .size());
}

std::vector<Asker> askers_withdrawn(db::Read& read, std::int64_t limit) {
  return read.all(
      "SELECT a.id, a.commitment_id, a.code, a.has_chain FROM commitment c "
      "JOIN commitment_asker a ON a.commitment_id = c.id "
      "JOIN consultation_comment o ON o.code = a.code "
      "WHERE c.origin = 'consultation' AND c.origin <> '' AND o.state = 'withdrawn' "
      "ORDER BY a.id LIMIT $1",
      [](const db::Row& row) {
        return Asker{.id = row.id<AskerId>(0),
                     .commitment = row.id<CommitmentId>(1),
                     .code = row.text(2),
                     .has_chain = row.flag(3)};
      },
      limit);
}

}  // namespace ln::commitment
