#include "core/ledger/ledger_actions.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "core/ledger/ledger_row.h"
#include "core/ledger/ledger_stop.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_words.h"
#include "platform/db/ids.h"

namespace ln::ledger {
namespace {

// The log has no gaps, and no leaf is ever taken away.
constexpr db::Ids leaf_ids("ledger_leaf");

// Zero stands for "none" in Entry and for NULL in the column.
// What append needs to know, once it is clear that the entry may be appended.
struct Place {
  std::int64_t seq = 0;
  std::optional<Hash> previous;
  CaseKey case_key{};
  bool waits = false;
};

Result<Place> find_place(db::Read& read, const Entry& entry) {
  TRY([[maybe_unused]] const Done allowed, may_write());
  const bool may_register = entry.event == Event::received || entry.event == Event::rekeyed;
  CHECK(may_register || !entry.registers);
  CHECK(entry.event != Event::announced);  // Of no case: ledger_public_actions.h.
  CHECK(entry.event != Event::rekeyed || entry.registers);
  if (entry.case_key != nullptr) return Place{0, std::nullopt, *entry.case_key, entry.waits};
  CHECK(entry.event != Event::received);
  const auto last = find_last(read, entry.subject);
  CHECK(last.has_value());  // The first event of a subject brings its key.
  // What opens the case may still be there for a while; it has ended all the same.
  if (last->event == Event::erased || !last->case_key)
    return Error{ErrorKind::conflict, "ledger.error.erased"_t};
  if (needs_signature(entry.event, entry.party) || entry.citizen != nullptr) {
    const auto registered = citizen_key_of(read, entry.subject);
    if (entry.citizen == nullptr || !registered || entry.citizen->public_key() != *registered)
      return Error{ErrorKind::forbidden, "ledger.error.not_signed"_t};
  }
  return Place{last->seq + 1, last->leaf_hash, *last->case_key, last->waits};
}

std::int64_t insert_leaf(db::Write& write, const Leaf& leaf) {
  const std::int64_t id = leaf_ids.next(write);
  write.run("INSERT INTO ledger_leaf (id, leaf) VALUES ($1, $2)", id, db::Blob{leaf});
  return id;
}

Leaf leaf_at(const Place& place, const Salts& salts, std::string_view payload) {
  return merkle::make_leaf(merkle::tag_of(place.case_key, static_cast<std::uint32_t>(place.seq)),
                           merkle::commit_to(salts.commit, payload));
}

// The leaf of an event does not depend on where it will stand, so it is made at once; all times in
// it are full hours.
Appended let_wait(db::Write& write, const Entry& entry, const Place& place, const Salts& salts) {
  constexpr std::chrono::hours hour{1};
  Instant before = joins_before(entry.at);
  // The clock of another node may be ahead of ours, and its batch of this hour have joined.
  if (const auto last = last_batch(write)) before = std::max(before, *last + hour);
  Entry told = entry;
  told.at = before;
  if (entry.due) told.due = coarse(*entry.due + hour - std::chrono::milliseconds(1));
  Waiting waiting{
      .entry = {.id = 0,
                .at = before,
                .event = entry.event,
                .subject = entry.subject,
                .seq = place.seq,
                .party = entry.party,
                .actor_id = entry.actor_id,
                .unit_id = entry.unit_id,
                .payload = payload_of(told, place.seq, place.previous, salts),
                .before = before},
      .salts = salts,
      .case_key = entry.case_key == nullptr ? std::nullopt : std::optional(*entry.case_key)};
  waiting.leaf = leaf_at(place, salts, waiting.entry.payload);
  insert_waiting(write, waiting);
  return {-1, waiting.leaf, merkle::hash_leaf(waiting.leaf), before};
}

}  // namespace

Result<Appended> append(db::Write& write, const Entry& entry, const Salts& salts) {
  TRY(const Place place, find_place(write, entry));
  if (place.waits) return let_wait(write, entry, place, salts);
  const std::string payload = payload_of(entry, place.seq, place.previous, salts);
  const Leaf leaf = leaf_at(place, salts, payload);
  const std::int64_t id = insert_leaf(write, leaf);
  write.run(
      "INSERT INTO ledger_entry (id, at, event, subject_kind, subject_id, seq, party, actor_id, "
      "unit_id, payload) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      id, entry.at, to_text(entry.event), entry.subject.kind, entry.subject.id, place.seq,
      to_text(entry.party), unless_zero(entry.actor_id), unless_zero(entry.unit_id), payload);
  const auto key =
      entry.case_key == nullptr ? std::nullopt : std::optional(db::Blob{*entry.case_key});
  write.run(
      "INSERT INTO ledger_secret (id, commit_salt, body_salt, case_key) VALUES ($1, $2, $3, $4)",
      id, db::Blob{salts.commit}, db::Blob{salts.body}, key);
  return Appended{id - 1, leaf, merkle::hash_leaf(leaf)};
}

void join(db::Write& write, const Waiting& waiting, bool is_dummy) {
  const Stored& entry = waiting.entry;
  const std::int64_t id = insert_leaf(write, waiting.leaf);
  write.run(
      "INSERT INTO ledger_entry (id, at, event, subject_kind, subject_id, seq, party, actor_id, "
      "unit_id, payload) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      id, entry.at, to_text(entry.event), entry.subject.kind, entry.subject.id, entry.seq,
      to_text(entry.party), unless_zero(entry.actor_id), unless_zero(entry.unit_id), entry.payload);
  if (!waiting.salts) return;  // Its case was erased while it waited.
  const auto key = waiting.case_key ? std::optional(db::Blob{*waiting.case_key}) : std::nullopt;
  write.run(
      "INSERT INTO ledger_secret (id, commit_salt, body_salt, case_key, is_dummy) "
      "VALUES ($1, $2, $3, $4, $5)",
      id, db::Blob{waiting.salts->commit}, db::Blob{waiting.salts->body}, key, is_dummy);
}

Result<Done> check(db::Read& read, const Entry& entry) {
  TRY([[maybe_unused]] const Place place, find_place(read, entry));
  return Done{};
}

void forget_body_salts(db::Write& write, const db::Erasure&, const Subject& subject) {
  const merkle::Salt none{};
  write.run(
      "UPDATE ledger_secret SET body_salt = $3 WHERE id IN (SELECT id FROM ledger_entry "
      "WHERE subject_kind = $1 AND subject_id = $2)",
      subject.kind, subject.id, db::Blob{std::span(none).first(Salts{}.body.size())});
}

void erase(db::Write& write, const db::Erasure& permission, const Subject& subject) {
  write.run(
      "DELETE FROM ledger_secret WHERE id IN (SELECT id FROM ledger_entry "
      "WHERE subject_kind = $1 AND subject_id = $2)",
      subject.kind, subject.id);
  close_waiting(write, permission, subject);
}

}  // namespace ln::ledger
