#include "core/notice/notice_store.h"

#include <algorithm>
#include <limits>

#include "base/check.h"

namespace ln::notice {
namespace {

// A line "name=value" each. A value is one line: names of units, codes, dates.
std::string lines_of(const Values& values) {
  std::string lines;
  for (const auto& [name, value] : values) {
    lines += name + "=";
    for (const char c : value) lines += c == '\n' ? ' ' : c;
    lines += '\n';
  }
  return lines;
}

Values values_in(std::string_view lines) {
  Values values;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    const std::string_view line = lines.substr(0, end);
    const std::size_t sign = std::min(line.find('='), line.size());
    values.emplace_back(line.substr(0, sign), line.substr(std::min(sign + 1, line.size())));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return values;
}

#define NOTICE                                                                          \
  "id, kind, to_account_id, subject_kind, subject_id, text_key, language, created_at, " \
  "sent_at, seen_at, holes "

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
  notice.values = values_in(row.view(10));
  return notice;
}

}  // namespace

NoticeId queue(db::Write& write, const Draft& draft, Instant now) {
  CHECK(!draft.text.is_none());
  Pace pace = Pace::each;
  if (!draft.to.address.empty() && draft.link.empty())
    if (const auto reader = reader_of(write, draft.about)) pace = reader->pace;
  const std::string_view address = pace == Pace::none ? std::string_view() : draft.to.address;
  const Instant due_at = draft.is_reply && pace == Pace::each ? now : leaves_at(now, pace);
  const auto id = write.returning(
      "INSERT INTO notice_outbox (kind, to_kind, to_account_id, address, way, subject_kind, "
      "subject_id, text_key, language, created_at, due_at, holes, link) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id",
      [](const db::Row& row) { return row.id<NoticeId>(0); }, draft.kind,
      draft.to.account_id ? "staff" : "citizen", draft.to.account_id, address,
      to_text(draft.to.way), draft.about.kind, draft.about.id, draft.text.name(), draft.language,
      now, due_at, lines_of(draft.values),
      address.empty() ? std::string_view() : std::string_view(draft.link));
  if (!id) throw db::Failure("a notice was not queued");
  return *id;
}

std::vector<Notice> told_about(db::Read& read, const Subject& about) {
  return read.all("SELECT " NOTICE
                  "FROM notice_outbox WHERE subject_kind = $1 AND subject_id = $2 "
                  "AND to_kind = 'citizen' ORDER BY id",
                  from_row, about.kind, about.id);
}

std::vector<Notice> inbox(db::Read& read,
                          std::int64_t account_id,
                          NoticeId before,
                          std::size_t limit) {
  const std::int64_t below =
      before.value == 0 ? std::numeric_limits<std::int64_t>::max() : before.value;
  return read.all("SELECT " NOTICE
                  "FROM notice_outbox WHERE to_account_id = $1 AND id < $2 "
                  "ORDER BY id DESC LIMIT $3",
                  from_row, account_id, below, limit);
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

std::vector<Outgoing> due(db::Read& read,
                          Instant now,
                          std::span<const Way> open,
                          std::size_t limit) {
  const auto may = [&](Way way) {
    return std::ranges::find(open, way) == open.end() ? std::string_view() : to_text(way);
  };
  return read.all(
      "SELECT " NOTICE
      ", address, way, attempts, link FROM notice_outbox "
      "WHERE address <> '' AND due_at <= $1 AND (way = $2 OR way = $3) ORDER BY due_at, id LIMIT "
      "$4",
      [](const db::Row& row) {
        return Outgoing{from_row(row), row.text(11), way_of(row.view(12)).value_or(Way::mail),
                        row.integer(13), row.text(14)};
      },
      now, may(Way::mail), may(Way::message), limit);
}

bool waits_for_citizen(db::Read& read, const Subject& about) {
  return read
      .one(
          "SELECT 1 FROM notice_outbox WHERE subject_kind = $1 AND subject_id = $2 "
          "AND to_kind = 'citizen' AND address <> '' LIMIT 1",
          [](const db::Row& row) { return row.integer(0); }, about.kind, about.id)
      .has_value();
}

void lease(db::Write& write, std::span<const NoticeId> ids, Instant until) {
  for (const NoticeId id : ids)
    write.run("UPDATE notice_outbox SET due_at = $1 WHERE id = $2", until, id);
}

void give_up(db::Write& write, NoticeId id) {
  write.run("UPDATE notice_outbox SET address = '', link = '' WHERE id = $1", id);
}

std::int64_t forget_stale(db::Write& write, Instant before) {
  return write.run(
      "UPDATE notice_outbox SET address = '', link = '' "
      "WHERE address <> '' AND due_at < $1",
      before);
}

std::int64_t count_waiting(db::Read& read) {
  return read
      .one("SELECT count(*) FROM notice_outbox WHERE address <> ''",
           [](const db::Row& row) { return row.integer(0); })
      .value();
}

void mark_sent(db::Write& write, NoticeId id, Instant now) {
  write.run(
      "UPDATE notice_outbox SET sent_at = $1, address = '', link = '' "
      "WHERE id = $2 AND address <> ''",
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
    give_up(write, id);
}

void forget_addresses(db::Write& write, const Subject& about) {
  write.run(
      "UPDATE notice_outbox SET address = '', link = '' "
      "WHERE subject_kind = $1 AND subject_id = $2 AND to_kind = 'citizen'",
      about.kind, about.id);
}

void erase(db::Write& write, const Subject& about) {
  write.run("DELETE FROM notice_outbox WHERE subject_kind = $1 AND subject_id = $2", about.kind,
            about.id);
  write.run("DELETE FROM notice_reader WHERE subject_kind = $1 AND subject_id = $2", about.kind,
            about.id);
}

}  // namespace ln::notice
