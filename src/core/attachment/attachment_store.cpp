#include "core/attachment/attachment_store.h"

#include "base/text.h"
#include "core/attachment/attachment_cover.h"

namespace ln::attachment {
namespace {

template <class T>
T known(std::optional<T> value) {
  if (!value) throw db::Failure("attachment has an unknown word", db::Failure::Kind::corrupt);
  return *value;
}

Attachment from_row(const db::Row& row) {
  return {.id = row.id<AttachmentId>(0),
          .token = row.text(1),
          .owner_kind = row.text(2),
          .owner_id = row.integer(3),
          .kind = known(kind_of(row.view(4))),
          .media_type = row.text(5),
          .name = row.text(6),
          .size = row.integer(7),
          .hash = row.text(8),
          .width = static_cast<int>(row.integer(9)),
          .height = static_cast<int>(row.integer(10)),
          .visibility = known(visibility_of(row.view(11))),
          .created_at = row.instant(12),
          .removed_at = row.maybe_instant(13)};
}

std::optional<std::string> content(std::optional<std::optional<std::string>> found) {
  return found ? *std::move(found) : std::nullopt;
}

}  // namespace

AttachmentId store(db::Write& write, const Owner& owner, const Prepared& prepared, Instant now) {
  const auto id = write.returning(
      "INSERT INTO attachment (token, owner_kind, owner_id, kind, media_type, name, size, hash, "
      "width, height, visibility, created_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'hidden', $11) RETURNING id",
      [](const db::Row& row) { return row.id<AttachmentId>(0); }, prepared.token, owner.kind,
      owner.id, to_text(prepared.kind), prepared.media_type, prepared.name, prepared.bytes.size(),
      db::Blob{prepared.hash}, prepared.width, prepared.height, now);
  if (!id) throw db::Failure("an attachment was not stored");
  std::optional<db::Blob> thumbnail;
  if (!prepared.thumbnail.empty()) thumbnail = db::Blob{as_bytes(prepared.thumbnail)};
  write.run("INSERT INTO attachment_content (attachment_id, bytes, thumbnail) VALUES ($1, $2, $3)",
            *id, db::Blob{as_bytes(prepared.bytes)}, thumbnail);
  return *id;
}

std::optional<Attachment> find(db::Read& read, AttachmentId id) {
  return read.one(
      "SELECT id, token, owner_kind, owner_id, kind, media_type, name, size, hash, width, height, "
      "visibility, created_at, removed_at FROM attachment WHERE id = $1",
      from_row, id);
}

std::optional<Attachment> find(db::Read& read, std::string_view token) {
  return read.one(
      "SELECT id, token, owner_kind, owner_id, kind, media_type, name, size, hash, width, height, "
      "visibility, created_at, removed_at FROM attachment WHERE token = $1",
      from_row, token);
}

std::vector<Attachment> list(db::Read& read, const Owner& owner) {
  return read.all(
      "SELECT id, token, owner_kind, owner_id, kind, media_type, name, size, hash, width, height, "
      "visibility, created_at, removed_at FROM attachment "
      "WHERE owner_kind = $1 AND owner_id = $2 ORDER BY id",
      from_row, owner.kind, owner.id);
}

std::optional<std::string> bytes_of(db::Read& read, AttachmentId id) {
  return read.one(
      "SELECT bytes FROM attachment_content WHERE attachment_id = $1",
      [](const db::Row& row) { return row.text(0); }, id);
}

std::optional<std::string> thumbnail_of(db::Read& read, AttachmentId id) {
  return content(read.one(
      "SELECT thumbnail FROM attachment_content WHERE attachment_id = $1",
      [](const db::Row& row) { return row.maybe_text(0); }, id));
}

bool set_visibility(db::Write& write, AttachmentId id, Visibility visibility) {
  return 1 ==
         write.run("UPDATE attachment SET visibility = $1 WHERE id = $2 AND removed_at IS NULL",
                   to_text(visibility), id);
}

std::int64_t hand_over(db::Write& write, const Owner& from, const Owner& to) {
  return write.run(
      "UPDATE attachment SET owner_kind = $1, owner_id = $2 "
      "WHERE owner_kind = $3 AND owner_id = $4",
      to.kind, to.id, from.kind, from.id);
}

std::optional<Attachment> shown_for(db::Read& read, AttachmentId original) {
  return read.one(
      "SELECT id, token, owner_kind, owner_id, kind, media_type, name, size, hash, width, height, "
      "visibility, created_at, removed_at FROM attachment "
      "WHERE owner_kind = 'attachment' AND owner_id = $1 AND removed_at IS NULL "
      "ORDER BY id DESC LIMIT 1",
      from_row, original);
}

bool show_nothing_for(db::Write& write, AttachmentId original, Instant now) {
  write.run(
      "DELETE FROM attachment_content WHERE attachment_id IN "
      "(SELECT id FROM attachment WHERE owner_kind = 'attachment' AND owner_id = $1)",
      original);
  return 0 < write.run(
                 "UPDATE attachment SET removed_at = $1, name = '', visibility = 'hidden' "
                 "WHERE owner_kind = 'attachment' AND owner_id = $2 AND removed_at IS NULL",
                 now, original);
}

AttachmentId show_instead(db::Write& write,
                          AttachmentId original,
                          const Prepared& covered,
                          Instant now) {
  static_cast<void>(show_nothing_for(write, original, now));
  const AttachmentId id = store(write, {"attachment", original.value}, covered, now);
  static_cast<void>(set_visibility(write, id, Visibility::published));
  return id;
}

bool remove(db::Write& write, AttachmentId id, Instant now) {
  static_cast<void>(show_nothing_for(write, id, now));
  write.run("DELETE FROM attachment_content WHERE attachment_id = $1", id);
  return 1 == write.run(
                  "UPDATE attachment SET removed_at = $1, name = '', visibility = 'hidden' "
                  "WHERE id = $2 AND removed_at IS NULL",
                  now, id);
}

std::int64_t erase(db::Write& write, const Owner& owner) {
  write.run(
      "DELETE FROM attachment_content WHERE attachment_id IN "
      "(SELECT shown.id FROM attachment shown JOIN attachment a ON a.id = shown.owner_id "
      "WHERE shown.owner_kind = 'attachment' AND a.owner_kind = $1 AND a.owner_id = $2)",
      owner.kind, owner.id);
  write.run(
      "DELETE FROM attachment WHERE owner_kind = 'attachment' AND owner_id IN "
      "(SELECT id FROM attachment WHERE owner_kind = $1 AND owner_id = $2)",
      owner.kind, owner.id);
  write.run(
      "DELETE FROM attachment_content WHERE attachment_id IN "
      "(SELECT id FROM attachment WHERE owner_kind = $1 AND owner_id = $2)",
      owner.kind, owner.id);
  return write.run("DELETE FROM attachment WHERE owner_kind = $1 AND owner_id = $2", owner.kind,
                   owner.id);
}

std::int64_t erase_older(db::Write& write, std::string_view owner_kind, Instant before) {
  write.run(
      "DELETE FROM attachment_content WHERE attachment_id IN "
      "(SELECT id FROM attachment WHERE owner_kind = $1 AND created_at < $2)",
      owner_kind, before);
  return write.run("DELETE FROM attachment WHERE owner_kind = $1 AND created_at < $2", owner_kind,
                   before);
}

}  // namespace ln::attachment
