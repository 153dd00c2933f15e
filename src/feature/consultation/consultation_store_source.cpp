#include "feature/consultation/consultation_store_source.h"

#include "base/text.h"

namespace ln::consultation {
namespace {

Source to_source(const db::Row& row) {
  const auto kind = from_word(all_source_kinds, row.view(2));
  if (!kind) throw db::Failure("unknown word in a source of a consultation");
  return {.id = row.id<SourceId>(0),
          .consultation = row.id<ConsultationId>(1),
          .kind = *kind,
          .name = row.text(3),
          .reference = row.text(4),
          .received_by = row.text(6),
          .received_on = row.day(5),
          .added_by = row.integer(7),
          .added_at = row.instant(8)};
}

}  // namespace

SourceId insert(db::Write& write, const Source& s) {
  return *write.returning(
      "INSERT INTO consultation_source (consultation_id, kind, name, reference, received_on, "
      "received_by, added_by, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
      [](const db::Row& row) { return row.id<SourceId>(0); }, s.consultation, to_text(s.kind),
      s.name, s.reference, s.received_on, s.received_by, s.added_by, s.added_at);
}

std::optional<Source> find_source(db::Read& read, SourceId id) {
  return read.one(
      "SELECT id, consultation_id, kind, name, reference, received_on, received_by, added_by, "
      "added_at FROM consultation_source WHERE id = $1",
      to_source, id);
}

std::vector<CountedSource> sources_of(db::Read& read,
                                      ConsultationId id,
                                      std::int64_t before,
                                      std::int64_t limit) {
  return read.all(
      "SELECT id, consultation_id, kind, name, reference, received_on, received_by, added_by, "
      "added_at, (SELECT count(*) FROM consultation_comment c "
      "WHERE c.source_id = consultation_source.id) "
      "FROM consultation_source WHERE consultation_id = $1 AND kind <> 'invited' "
      "AND ($2 = 0 OR id < $2) ORDER BY id DESC LIMIT $3",
      [](const db::Row& row) {
        return CountedSource{.source = to_source(row), .comments = row.integer(9)};
      },
      id, before, limit);
}

std::int64_t source_count(db::Read& read, ConsultationId id) {
  return *read.one(
      "SELECT count(*) FROM consultation_source WHERE consultation_id = $1",
      [](const db::Row& row) { return row.integer(0); }, id);
}

void insert(db::Write& write, const ImportedRow& r) {
  write.run(
      "INSERT INTO consultation_imported (comment_id, consultation_id, line, author, likeness) "
      "VALUES ($1, $2, $3, $4, $5)",
      r.comment, r.consultation, r.line, r.author, db::Blob{as_bytes(r.likeness)});
}

std::optional<ImportedRow> find_imported(db::Read& read, CommentId id) {
  return read.one(
      "SELECT consultation_id, line, author, likeness FROM consultation_imported "
      "WHERE comment_id = $1",
      [&](const db::Row& row) {
        return ImportedRow{.comment = id,
                           .consultation = row.id<ConsultationId>(0),
                           .line = row.integer(1),
                           .author = row.text(2),
                           .likeness = row.text(3)};
      },
      id);
}

std::optional<CommentId> imported_like(db::Read& read,
                                       ConsultationId id,
                                       std::string_view likeness) {
  return read.one(
      "SELECT comment_id FROM consultation_imported WHERE consultation_id = $1 AND likeness = $2 "
      "ORDER BY comment_id LIMIT 1",
      [](const db::Row& row) { return row.id<CommentId>(0); }, id, db::Blob{as_bytes(likeness)});
}

void forget_author(db::Write& write, CommentId id) {
  write.run("UPDATE consultation_imported SET author = '', likeness = $2 WHERE comment_id = $1", id,
            db::Blob{as_bytes(std::string_view())});
}

std::vector<Comment> comments_from(db::Read& read,
                                   SourceId id,
                                   std::int64_t after,
                                   std::int64_t limit) {
  std::vector<Comment> all;
  for (const CommentId each : read.all(
           "SELECT id FROM consultation_comment WHERE source_id = $1 AND id > $2 "
           "ORDER BY id LIMIT $3",
           [](const db::Row& row) { return row.id<CommentId>(0); }, id, after, limit))
    if (auto found = find_comment(read, each)) all.push_back(*std::move(found));
  return all;
}

void set_key_of_replies(db::Write& write, SourceId id, std::string_view citizen_key) {
  write.run("UPDATE consultation_comment SET citizen_key = $2 WHERE source_id = $1", id,
            db::Blob{as_bytes(citizen_key)});
}

}  // namespace ln::consultation
