#include "core/notice/notice_store.h"

#include <limits>

#include "base/check.h"

namespace ln::notice {
namespace {

Notice from_row(const db::Row& row) {
  Notice notice;
  notice.id = row.id<NoticeId>(0);
  notice.kind = row.text(1);
  notice.account_id = row.maybe_integer(2);
  notice.subject_kind = row.text(3);
  notice.subject_id = row.integer(4);
  notice.text = text_key_named(row.view(5));
  notice.language = row.text(6);
  notice.created_at = row.instant(7);
  notice.sent_at = row.maybe_instant(8);
  notice.seen_at = row.maybe_instant(9);
  return notice;
}

void add_values(db::Read& read, Notice& notice) {
  notice.values = read.all(
      "SELECT name, value FROM notice_value WHERE notice_id = $1 ORDER BY name",
      [](const db::Row& row) { return std::pair(row.text(0), row.text(1)); }, notice.id);
}

std::vector<Notice> with_values(db::Read& read, std::vector<Notice> notices) {
  for (Notice& notice : notices) add_values(read, notice);
  return notices;
}

}  // namespace

NoticeId queue(db::Write& write, const Draft& draft, Instant now) {
  CHECK(!draft.text.is_none());
  const auto id = write.returning(
      "INSERT INTO notice_outbox (kind, to_kind, to_account_id, address, subject_kind, subject_id, "
      "text_key, language, created_at, due_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
      [](const db::Row& row) { return row.id<NoticeId>(0); }, draft.kind,
      draft.to.account_id ? "staff" : "citizen", draft.to.account_id, draft.to.address,
      draft.about.kind, draft.about.id, draft.text.name(), draft.language, now, now);
  if (!id) throw db::Failure("a notice was not queued");
  for (const auto& [name, value] : draft.values)
    write.run("INSERT INTO notice_value (notice_id, name, value) VALUES ($1, $2, $3)", *id, name,
              value);
  return *id;
}

std::vector<Notice> told_about(db::Read& read, const Subject& about) {
  return with_values(
      read,
      read.all("SELECT id, kind, to_account_id, subject_kind, subject_id, text_key, language, "
               "created_at, sent_at, seen_at FROM notice_outbox "
               "WHERE subject_kind = $1 AND subject_id = $2 AND to_kind = 'citizen' "
               "ORDER BY id",
               from_row, about.kind, about.id));
}

std::vector<Notice> inbox(db::Read& read,
                          std::int64_t account_id,
                          NoticeId before,
                          std::size_t limit) {
  const std::int64_t below =
      before.value == 0 ? std::numeric_limits<std::int64_t>::max() : before.value;
  return with_values(
      read,
      read.all("SELECT id, kind, to_account_id, subject_kind, subject_id, text_key, language, "
               "created_at, sent_at, seen_at FROM notice_outbox "
               "WHERE to_account_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
               from_row, account_id, below, limit));
}

std::int64_t count_unseen(db::Read& read, std::int64_t account_id) {
  return *read.one(
      "SELECT count(*) FROM notice_outbox WHERE to_account_id = $1 AND seen_at IS NULL",
      [](const db::Row& row) { return row.integer(0); }, account_id);
}

void mark_seen(db::Write& write, std::int64_t account_id, NoticeId newest, Instant now) {
  write.run(
      "UPDATE notice_outbox SET seen_at = $1 "
      "WHERE to_account_id = $2 AND id <= $3 AND seen_at IS NULL",
      now, account_id, newest);
}

std::vector<Outgoing> due(db::Read& read, Instant now, std::size_t limit) {
  auto waiting = read.all(
      "SELECT id, kind, to_account_id, subject_kind, subject_id, text_key, language, created_at, "
      "sent_at, seen_at, address, attempts FROM notice_outbox "
      "WHERE address <> '' AND due_at <= $1 ORDER BY due_at, id LIMIT $2",
      [](const db::Row& row) { return Outgoing{from_row(row), row.text(10), row.integer(11)}; },
      now, limit);
  for (Outgoing& each : waiting) add_values(read, each.notice);
  return waiting;
}

std::int64_t count_waiting(db::Read& read) {
  return read
      .one("SELECT count(*) FROM notice_outbox WHERE address <> ''",
           [](const db::Row& row) { return row.integer(0); })
      .value();
}

void mark_sent(db::Write& write, NoticeId id, Instant now) {
  write.run("UPDATE notice_outbox SET sent_at = $1, address = '' WHERE id = $2 AND address <> ''",
            now, id);
}

void mark_failed(db::Write& write, NoticeId id, Instant now) {
  const auto attempts = write.returning(
      "UPDATE notice_outbox SET attempts = attempts + 1 WHERE id = $1 AND address <> '' "
      "RETURNING attempts",
      [](const db::Row& row) { return row.integer(0); }, id);
  if (!attempts) return;
  if (const auto wait = wait_after(*attempts))
    write.run("UPDATE notice_outbox SET due_at = $1 WHERE id = $2", now + *wait, id);
  else
    write.run("UPDATE notice_outbox SET address = '' WHERE id = $1", id);
}

void forget_addresses(db::Write& write, const Subject& about) {
  write.run(
      "UPDATE notice_outbox SET address = '' "
      "WHERE subject_kind = $1 AND subject_id = $2 AND to_kind = 'citizen'",
      about.kind, about.id);
}

void erase(db::Write& write, const Subject& about) {
  write.run(
      "DELETE FROM notice_value WHERE notice_id IN "
      "(SELECT id FROM notice_outbox WHERE subject_kind = $1 AND subject_id = $2)",
      about.kind, about.id);
  write.run("DELETE FROM notice_outbox WHERE subject_kind = $1 AND subject_id = $2", about.kind,
            about.id);
}

}  // namespace ln::notice
