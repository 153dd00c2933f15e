// What readers want: notice_store.h.
#include <algorithm>

#include "core/notice/notice_store.h"

namespace ln::notice {
namespace {

Reader reader_from(const db::Row& row) {
  Reader reader{.subject_kind = row.text(0),
                .subject_id = row.integer(1),
                .pace = pace_of(row.view(3)).value_or(Pace::none),
                .address = row.text(4)};
  const std::string_view key = row.view(2);
  if (key.size() == reader.key.size()) std::ranges::copy(key, reader.key.begin());
  if (!row.is_null(5)) reader.told_on = row.day(5);
  return reader;
}

db::Blob blob_of(const ReaderKey& key) { return db::Blob{key}; }

}  // namespace

std::optional<Reader> reader_of(db::Read& read, const Subject& about) {
  return read.one(
      "SELECT subject_kind, subject_id, key, pace, address, told_on FROM notice_reader "
      "WHERE subject_kind = $1 AND subject_id = $2",
      reader_from, about.kind, about.id);
}

std::optional<Reader> reader_with(db::Read& read, const ReaderKey& key) {
  return read.one(
      "SELECT subject_kind, subject_id, key, pace, address, told_on FROM notice_reader "
      "WHERE key = $1",
      reader_from, blob_of(key));
}

ReaderKey ensure_reader(db::Write& write, const Subject& about, const ReaderKey& fresh) {
  if (const auto known = reader_of(write, about)) return known->key;
  write.run(
      "INSERT INTO notice_reader (subject_kind, subject_id, key, pace) VALUES ($1, $2, $3, 'each')",
      about.kind, about.id, blob_of(fresh));
  return fresh;
}

void choose_pace(db::Write& write, const Subject& about, Pace pace, Instant now) {
  write.run("UPDATE notice_reader SET pace = $1 WHERE subject_kind = $2 AND subject_id = $3",
            to_text(pace), about.kind, about.id);
  if (pace == Pace::none) {
    write.run(
        "UPDATE notice_outbox SET address = '', link = '' "
        "WHERE subject_kind = $1 AND subject_id = $2",
        about.kind, about.id);
    return;
  }
  write.run(
      "UPDATE notice_outbox SET due_at = $1 "
      "WHERE subject_kind = $2 AND subject_id = $3 AND address <> '' AND attempts = 0 "
      "AND link = ''",
      leaves_at(now, pace), about.kind, about.id);
}

void save_address(db::Write& write, const Subject& about, std::string_view address) {
  write.run("UPDATE notice_reader SET address = $1 WHERE subject_kind = $2 AND subject_id = $3",
            address, about.kind, about.id);
}

std::vector<Reader> digest_readers(db::Read& read, std::string_view subject_kind, Day day) {
  return read.all(
      "SELECT subject_kind, subject_id, key, pace, address, told_on FROM notice_reader "
      "WHERE subject_kind = $1 AND pace = 'daily' AND address <> '' "
      "AND (told_on IS NULL OR told_on < $2) ORDER BY subject_id",
      reader_from, subject_kind, day);
}

void mark_told(db::Write& write, const Subject& about, Day day) {
  write.run("UPDATE notice_reader SET told_on = $1 WHERE subject_kind = $2 AND subject_id = $3",
            day, about.kind, about.id);
}

}  // namespace ln::notice
