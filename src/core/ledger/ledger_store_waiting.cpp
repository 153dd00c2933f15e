#include "core/ledger/ledger_store_waiting.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "core/ledger/ledger_row.h"

namespace ln::ledger {
namespace {

Waiting to_waiting(const db::Row& row) {
  const auto event = event_of(row.view(1));
  const auto party = party_of(row.view(5));
  if (!event || !party) corrupt("an event that waits has an unknown word");
  Waiting waiting{.entry = {.id = 0,
                            .at = row.instant(0),
                            .event = *event,
                            .subject = {row.text(2), row.integer(3)},
                            .seq = row.integer(4),
                            .party = *party,
                            .actor_id = row.maybe_integer(6).value_or(0),
                            .unit_id = row.maybe_integer(7).value_or(0),
                            .payload = row.text(8),
                            .before = row.instant(0)},
                  .leaf = array_of<Leaf>(row.view(9))};
  if (!row.is_null(10) && !row.is_null(11))
    waiting.salts = Salts{array_of<merkle::Salt>(row.view(10)),
                          array_of<std::array<std::uint8_t, 32>>(row.view(11))};
  if (!row.is_null(12)) waiting.case_key = array_of<CaseKey>(row.view(12));
  return waiting;
}

}  // namespace

Instant joins_before(Instant now) { return batch_due_at(now) + std::chrono::hours(1); }

Instant batch_due_at(Instant now) { return coarse(now + batch_lead); }

Instant coarse(Instant now) {
  return Instant(std::chrono::floor<std::chrono::hours>(now.time_since_epoch()));
}

std::vector<Waiting> waiting_of(db::Read& read, const Subject& subject) {
  return read.all(
      "SELECT due_at, event, subject_kind, subject_id, seq, party, actor_id, unit_id, payload, "
      "leaf, commit_salt, body_salt, case_key FROM ledger_waiting "
      "WHERE subject_kind = $1 AND subject_id = $2 ORDER BY seq",
      to_waiting, subject.kind, subject.id);
}

std::vector<Waiting> waiting_until(db::Read& read, Instant due_at, std::int64_t limit) {
  return read.all(
      "SELECT due_at, event, subject_kind, subject_id, seq, party, actor_id, unit_id, payload, "
      "leaf, commit_salt, body_salt, case_key FROM ledger_waiting "
      "WHERE due_at <= $1 ORDER BY id LIMIT $2",
      to_waiting, due_at, limit);
}

WaitingCount count_waiting(db::Read& read, Instant now) {
  return read
      .one(
          "SELECT count(*), coalesce(sum(CASE WHEN due_at <= $1 THEN 1 ELSE 0 END), 0) "
          "FROM ledger_waiting",
          [](const db::Row& row) { return WaitingCount{row.integer(0), row.integer(1)}; }, now)
      .value();
}

std::optional<Instant> last_batch(db::Read& read) {
  return read.one("SELECT due_at FROM ledger_batch ORDER BY due_at DESC LIMIT 1",
                  [](const db::Row& row) { return row.instant(0); });
}

void insert_waiting(db::Write& write, const Waiting& waiting) {
  const Stored& entry = waiting.entry;
  CHECK(entry.before.has_value());
  const auto blob = [](const auto& value) {
    return value ? std::optional(db::Blob{*value}) : std::nullopt;
  };
  const auto commit = waiting.salts ? std::optional(db::Blob{waiting.salts->commit}) : std::nullopt;
  const auto body = waiting.salts ? std::optional(db::Blob{waiting.salts->body}) : std::nullopt;
  write.run(
      "INSERT INTO ledger_waiting (due_at, event, subject_kind, subject_id, seq, party, actor_id, "
      "unit_id, payload, leaf, commit_salt, body_salt, case_key) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
      *entry.before, to_text(entry.event), entry.subject.kind, entry.subject.id, entry.seq,
      to_text(entry.party), unless_zero(entry.actor_id), unless_zero(entry.unit_id), entry.payload,
      db::Blob{waiting.leaf}, commit, body, blob(waiting.case_key));
}

void remove_waiting(db::Write& write, const db::Erasure&, Instant due_at, std::int64_t count) {
  write.run(
      "DELETE FROM ledger_waiting WHERE id IN (SELECT id FROM ledger_waiting "
      "WHERE due_at <= $1 ORDER BY id LIMIT $2)",
      due_at, count);
}

void close_waiting(db::Write& write, const db::Erasure&, const Subject& subject) {
  write.run(
      "UPDATE ledger_waiting SET commit_salt = NULL, body_salt = NULL, case_key = NULL "
      "WHERE subject_kind = $1 AND subject_id = $2",
      subject.kind, subject.id);
}

}  // namespace ln::ledger
