#include "feature/consultation/consultation_store_archive.h"

#include "base/text.h"

namespace ln::consultation {

void insert(db::Write& write, const Archive& a) {
  write.run(
      "INSERT INTO consultation_archive (consultation_id, manifest, volumes, made_at, line, base) "
      "VALUES ($1, $2, $3, $4, $5, $6)",
      a.consultation, a.manifest, a.volumes, a.made_at, a.line, a.base);
}

std::optional<Archive> find_archive(db::Read& read, ConsultationId id) {
  return read.one(
      "SELECT manifest, volumes, made_at, line, base FROM consultation_archive "
      "WHERE consultation_id = $1",
      [&](const db::Row& row) {
        return Archive{.consultation = id,
                       .manifest = row.text(0),
                       .volumes = row.integer(1),
                       .made_at = row.instant(2),
                       .line = row.integer(3),
                       .base = row.integer(4)};
      },
      id);
}

void put_volume(db::Write& write, ConsultationId id, std::int64_t number, std::string_view bytes) {
  write.run(
      "INSERT INTO consultation_archive_volume (consultation_id, number, bytes) "
      "VALUES ($1, $2, $3) ON CONFLICT (consultation_id, number) DO UPDATE SET "
      "bytes = excluded.bytes",
      id, number, db::Blob{as_bytes(bytes)});
}

bool keep_volumes(db::Write& write, ConsultationId id, std::int64_t base, std::int64_t count) {
  const std::int64_t there = *write.one(
      "SELECT count(*) FROM consultation_archive_volume WHERE consultation_id = $1 "
      "AND number > $2 AND number <= $3",
      [](const db::Row& row) { return row.integer(0); }, id, base, base + count);
  if (there != count) return false;
  write.run(
      "DELETE FROM consultation_archive_volume WHERE consultation_id = $1 "
      "AND (number <= $2 OR number > $3)",
      id, base, base + count);
  return true;
}

void drop_volumes(db::Write& write, ConsultationId id, std::int64_t base, std::int64_t below) {
  write.run(
      "DELETE FROM consultation_archive_volume WHERE consultation_id = $1 "
      "AND number > $2 AND number < $3",
      id, base, below);
}

std::optional<std::string> find_volume(db::Read& read, ConsultationId id, std::int64_t number) {
  return read.one(
      "SELECT v.bytes FROM consultation_archive_volume v JOIN consultation_archive a "
      "ON a.consultation_id = v.consultation_id WHERE v.consultation_id = $1 "
      "AND v.number = a.base + $2 AND $2 >= 1 AND $2 <= a.volumes",
      [](const db::Row& row) { return row.text(0); }, id, number);
}

void drop_archive(db::Write& write, ConsultationId id) {
  write.run("DELETE FROM consultation_archive WHERE consultation_id = $1", id);
  write.run("DELETE FROM consultation_archive_volume WHERE consultation_id = $1", id);
}

std::optional<ConsultationId> next_without_archive(db::Read& read, ConsultationId after) {
  return read.one(
      "SELECT d.consultation_id FROM consultation_decision d WHERE d.consultation_id > $1 "
      "AND NOT EXISTS "
      "(SELECT 1 FROM consultation_archive a WHERE a.consultation_id = d.consultation_id) "
      "ORDER BY d.consultation_id LIMIT 1",
      [](const db::Row& row) { return row.id<ConsultationId>(0); }, after);
}

std::vector<PlacedComment> comments_after(db::Read& read,
                                          ConsultationId id,
                                          std::int64_t after,
                                          std::int64_t limit) {
  struct At {
    CommentId comment{};
    std::int64_t issue = 0;
  };
  std::vector<PlacedComment> all;
  for (const At& at : read.all(
           "SELECT id, issue_id FROM consultation_comment WHERE consultation_id = $1 "
           "AND id > $2 ORDER BY id LIMIT $3",
           [](const db::Row& row) {
             return At{row.id<CommentId>(0), row.maybe_integer(1).value_or(0)};
           },
           id, after, limit))
    if (auto found = find_comment(read, at.comment)) all.push_back({*std::move(found), at.issue});
  return all;
}

std::int64_t revisions_of(db::Read& read, ConsultationId id) {
  return *read.one(
      "SELECT CAST(coalesce(sum(revision), 0) AS BIGINT) FROM consultation_comment "
      "WHERE consultation_id = $1",
      [](const db::Row& row) { return row.integer(0); }, id);
}

void set_shares(db::Write& write, ParticipantId participant, bool shares) {
  write.run("UPDATE consultation_participant SET shares = $2 WHERE id = $1", participant,
            shares ? 1 : 0);
}

bool shares(db::Read& read, ParticipantId participant) {
  return read
      .one(
          "SELECT shares FROM consultation_participant WHERE id = $1",
          [](const db::Row& row) { return row.flag(0); }, participant)
      .value_or(false);
}

std::set<std::int64_t> sharers_of(db::Read& read, ConsultationId id) {
  std::set<std::int64_t> all;
  read.each(
      "SELECT id FROM consultation_participant WHERE consultation_id = $1 AND shares = 1",
      [&](const db::Row& row) { all.insert(row.integer(0)); }, id);
  return all;
}

}  // namespace ln::consultation
