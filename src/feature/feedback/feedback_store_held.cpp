#include "feature/feedback/feedback_store_held.h"

#include "base/text.h"
#include "core/attachment/attachment_store.h"
#include "feature/feedback/feedback_store_row.h"
#include "platform/db/ids.h"

namespace ln::feedback {
namespace {

constexpr db::Ids held_ids("feedback_held");

#define HELD_COLUMNS                                                                  \
  "id, code, citizen_key, sort, title, body, place, unit_id, happened_on, language, " \
  "received_at, erased_at "

Sort known_sort(std::string_view word) {
  const auto sort = petition::sort_of(word);
  if (!sort) throw db::Failure("unknown word in a column of feedback_held");
  return *sort;
}

Held held_from_row(const db::Row& row) {
  Held held{.code = *Code::parse(row.view(1))};
  held.id = row.id<HeldId>(0);
  held.citizen_key = row.text(2);
  held.sort = known_sort(row.view(3));
  held.title = row.text(4);
  held.body = row.text(5);
  held.place = row.text(6);
  held.unit = units::UnitId{row.maybe_integer(7).value_or(0)};
  if (!row.is_null(8)) held.happened_on = row.day(8);
  held.in_english = row.view(9) == "en";
  held.received_at = row.instant(10);
  held.erased_at = row.maybe_instant(11);
  return held;
}

HeldLine line_from_row(const db::Row& row) {
  HeldLine line{.code = *Code::parse(row.view(1))};
  line.id = row.integer(0);
  line.sort = known_sort(row.view(2));
  line.received_at = row.instant(3);
  line.reading_count = row.integer(4);
  return line;
}

}  // namespace

HeldId insert_held(db::Write& write, const Held& held) {
  const HeldId id{held_ids.next(write)};
  const auto unit = held.unit.value == 0 ? std::nullopt : std::optional(held.unit.value);
  write.run(
      "INSERT INTO feedback_held (id, code, citizen_key, sort, title, body, place, unit_id, "
      "happened_on, language, received_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      id, held.code.text(), db::Blob{as_bytes(held.citizen_key)}, petition::to_text(held.sort),
      held.title, held.body, held.place, unit, held.happened_on, held.in_english ? "en" : "vi",
      held.received_at);
  return id;
}

std::optional<Held> find_held(db::Read& read, const Code& code) {
  return read.one("SELECT " HELD_COLUMNS "FROM feedback_held WHERE code = $1", held_from_row,
                  code.text());
}

std::optional<Held> find_held(db::Read& read, HeldId id) {
  return read.one("SELECT " HELD_COLUMNS "FROM feedback_held WHERE id = $1", held_from_row, id);
}

std::vector<HeldLine> list_held(db::Read& read,
                                bool turned,
                                std::int64_t before,
                                std::int64_t limit) {
  const std::int64_t below = before == 0 ? end_of_time : before;
  if (turned)
    return read.all(
        "SELECT f.id, f.code, f.held_as, f.received_at, (SELECT count(*) FROM "
        "feedback_held_reading r WHERE r.code = f.code) FROM feedback f "
        "WHERE f.held_as IS NOT NULL AND f.erased_at IS NULL AND f.id < $1 "
        "ORDER BY f.id DESC LIMIT $2",
        line_from_row, below, limit);
  return read.all(
      "SELECT h.id, h.code, h.sort, h.received_at, (SELECT count(*) FROM feedback_held_reading r "
      "WHERE r.code = h.code) FROM feedback_held h WHERE h.erased_at IS NULL AND h.id < $1 "
      "ORDER BY h.id DESC LIMIT $2",
      line_from_row, below, limit);
}

void insert_held_reading(db::Write& write, const Code& code, const HeldReading& reading) {
  write.run(
      "INSERT INTO feedback_held_reading (code, account_id, reason, at) VALUES ($1, $2, $3, $4)",
      code.text(), reading.account_id, reading.reason, reading.at);
}

std::vector<HeldReading> held_readings(db::Read& read, const Code& code) {
  return read.all(
      "SELECT account_id, reason, at FROM feedback_held_reading WHERE code = $1 ORDER BY id",
      [](const db::Row& row) { return HeldReading{row.integer(0), row.text(1), row.instant(2)}; },
      code.text());
}

HeldCounts count_held(db::Read& read, Instant until) {
  const auto counts = [](const db::Row& row) { return HeldCounts{row.integer(0), row.integer(1)}; };
  const HeldCounts sent = *read.one(
      "SELECT count(*) FILTER (WHERE sort = 'complaint'), "
      "count(*) FILTER (WHERE sort = 'denunciation') FROM feedback_held WHERE received_at < $1",
      counts, until);
  const HeldCounts turned = *read.one(
      "SELECT count(*) FILTER (WHERE held_as = 'complaint'), "
      "count(*) FILTER (WHERE held_as = 'denunciation') FROM feedback "
      "WHERE held_as IS NOT NULL AND received_at < $1",
      counts, until);
  return {sent.complaints + turned.complaints, sent.denunciations + turned.denunciations};
}

void empty_held(db::Write& write, const Held& held, Instant now, ErasedBecause because) {
  write.run(
      "UPDATE feedback_held SET title = '', body = '', place = '', unit_id = NULL, "
      "happened_on = NULL, erased_at = coalesce(erased_at, $1), "
      "erased_because = coalesce(erased_because, $2) WHERE id = $3",
      now, to_text(because), held.id);
  write.run("UPDATE feedback_held_reading SET reason = '' WHERE code = $1", held.code.text());
  attachment::erase(write, {"feedback_held", held.id.value});
}

std::vector<Held> held_before(db::Read& read, Instant before, std::int64_t limit) {
  return read.all("SELECT " HELD_COLUMNS
                  "FROM feedback_held WHERE received_at < $1 AND erased_at IS NULL "
                  "ORDER BY received_at, id LIMIT $2",
                  held_from_row, before, limit);
}

std::vector<HeldId> held_owed_destruction(db::Read& read, std::int64_t limit) {
  return read.all(
      "SELECT id FROM feedback_held WHERE erased_at IS NOT NULL AND destroyed_at IS NULL "
      "ORDER BY id LIMIT $1",
      [](const db::Row& row) { return row.id<HeldId>(0); }, limit);
}

void note_held_destroyed(db::Write& write, HeldId id, Instant now) {
  write.run("UPDATE feedback_held SET destroyed_at = $1 WHERE id = $2", now, id);
}

std::vector<HeldId> held_owed_scrub(db::Read& read) {
  return read.all(
      "SELECT id FROM feedback_held WHERE destroyed_at IS NOT NULL AND is_scrubbed = 0 ORDER BY id",
      [](const db::Row& row) { return row.id<HeldId>(0); });
}

void note_held_scrubbed(db::Write& write, HeldId id) {
  write.run("UPDATE feedback_held SET is_scrubbed = 1 WHERE id = $1", id);
}

void empty_held_readings(db::Write& write, FeedbackId id) {
  write.run(
      "UPDATE feedback_held_reading SET reason = '' "
      "WHERE code = (SELECT code FROM feedback WHERE id = $1)",
      id);
}

}  // namespace ln::feedback
