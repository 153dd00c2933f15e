#include "core/ledger/ledger_store.h"

#include <algorithm>

#include "base/text.h"
#include "core/ledger/ledger_row.h"
#include "core/ledger/ledger_store_waiting.h"

namespace ln::ledger {
namespace {

Stored to_stored(const db::Row& row) {
  const auto event = event_of(row.view(2));
  const auto party = party_of(row.view(6));
  if (!event || !party) corrupt("an entry of the ledger has an unknown word");
  return {.id = row.integer(0),
          .at = row.instant(1),
          .event = *event,
          .subject = {row.text(3), row.integer(4)},
          .seq = row.integer(5),
          .party = *party,
          .actor_id = row.maybe_integer(7).value_or(0),
          .unit_id = row.maybe_integer(8).value_or(0),
          .payload = row.text(9)};
}

Head to_head(const db::Row& row) {
  return {row.integer(0), array_of<Hash>(row.view(1)), row.text(2), row.instant(3)};
}

}  // namespace

std::vector<Stored> entries_of(db::Read& read, const Subject& subject) {
  auto entries = read.all(
      "SELECT id, at, event, subject_kind, subject_id, seq, party, actor_id, unit_id, payload "
      "FROM ledger_entry WHERE subject_kind = $1 AND subject_id = $2 ORDER BY seq",
      to_stored, subject.kind, subject.id);
  for (Waiting& each : waiting_of(read, subject)) entries.push_back(std::move(each.entry));
  return entries;
}

std::vector<Stored> entries_after(db::Read& read, std::int64_t id, std::int64_t limit) {
  return read.all(
      "SELECT id, at, event, subject_kind, subject_id, seq, party, actor_id, unit_id, payload "
      "FROM ledger_entry WHERE id > $1 ORDER BY id LIMIT $2",
      to_stored, id, limit);
}

std::optional<Stored> first_entry_of(db::Read& read, const Subject& subject) {
  auto first = read.one(
      "SELECT id, at, event, subject_kind, subject_id, seq, party, actor_id, unit_id, payload "
      "FROM ledger_entry WHERE subject_kind = $1 AND subject_id = $2 AND seq = 0",
      to_stored, subject.kind, subject.id);
  if (first) return first;
  auto waiting = waiting_of(read, subject);
  return waiting.empty() ? std::nullopt : std::optional(std::move(waiting.front().entry));
}

std::vector<std::int64_t> subjects_with(db::Read& read,
                                        std::string_view kind,
                                        std::pair<Event, Event> events,
                                        std::int64_t over,
                                        std::int64_t to) {
  std::vector<std::int64_t> found;
  // What is wanted of an entry is looked at here: named in the statement, an index by event would
  // be walked from its beginning for a handful of new entries.
  read.each(
      "SELECT subject_id, subject_kind, event FROM ledger_entry WHERE id > $1 AND id <= $2 "
      "ORDER BY id",
      [&](const db::Row& row) {
        const std::string_view event = row.view(2);
        if (row.view(1) == kind &&
            (event == to_text(events.first) || event == to_text(events.second)))
          found.push_back(row.integer(0));
      },
      over, to);
  return found;
}

std::int64_t last_entry_id(db::Read& read) {
  return read
      .one("SELECT COALESCE(MAX(id), 0) FROM ledger_entry",
           [](const db::Row& row) { return row.integer(0); })
      .value();
}

std::optional<Stored> entry_at(db::Read& read, std::int64_t index) {
  return read.one(
      "SELECT id, at, event, subject_kind, subject_id, seq, party, actor_id, unit_id, payload "
      "FROM ledger_entry WHERE id = $1",
      to_stored, index + 1);
}

std::optional<Stored> last_entry_of(db::Read& read, const Subject& subject) {
  return read.one(
      "SELECT id, at, event, subject_kind, subject_id, seq, party, actor_id, unit_id, payload "
      "FROM ledger_entry WHERE subject_kind = $1 AND subject_id = $2 ORDER BY seq DESC LIMIT 1",
      to_stored, subject.kind, subject.id);
}

std::vector<Stored> announced_before(db::Read& read, std::int64_t id, std::int64_t limit) {
  return read.all(
      "SELECT id, at, event, subject_kind, subject_id, seq, party, actor_id, unit_id, payload "
      "FROM ledger_entry WHERE event = 'announced' AND id < $1 ORDER BY id DESC LIMIT $2",
      to_stored, id, limit);
}

std::vector<std::pair<Event, std::int64_t>> count_events(db::Read& read, Instant from, Instant to) {
  auto counts = read.all(
      // What is said of a draft, asked in a dialogue or promised is no case: each stands in
      // figures of its own.
      "SELECT event, COUNT(*) FROM ledger_entry WHERE at >= $1 AND at < $2 "
      "AND event <> 'announced' AND subject_kind IN ('feedback', 'feedback_held') "
      "GROUP BY event ORDER BY event",
      [](const db::Row& row) {
        const auto event = event_of(row.view(0));
        if (!event) corrupt("an entry of the ledger has an unknown word");
        return std::pair(*event, row.integer(1));
      },
      from, to);
  // All dummies say that something was received.
  const auto dummies = read.one(
      "SELECT COUNT(*) FROM ledger_secret s JOIN ledger_entry e ON e.id = s.id "
      "WHERE s.is_dummy = 1 AND e.at >= $1 AND e.at < $2",
      [](const db::Row& row) { return row.integer(0); }, from, to);
  for (auto& [event, count] : counts)
    if (event == Event::received) count -= dummies.value_or(0);
  std::erase_if(counts, [](const auto& each) { return each.second == 0; });
  return counts;
}

std::optional<std::string> leaf_at(db::Read& read, std::int64_t index) {
  return read.one(
      "SELECT leaf FROM ledger_leaf WHERE id = $1", [](const db::Row& row) { return row.text(0); },
      index + 1);
}

std::int64_t leaf_count(db::Read& read) {
  return read
      .one("SELECT COALESCE(MAX(id), 0) FROM ledger_leaf",
           [](const db::Row& row) { return row.integer(0); })
      .value();
}

std::optional<Salts> salts_of(db::Read& read, std::int64_t entry_id) {
  return read.one(
      "SELECT commit_salt, body_salt FROM ledger_secret WHERE id = $1",
      [](const db::Row& row) {
        return Salts{array_of<merkle::Salt>(row.view(0)),
                     array_of<std::array<std::uint8_t, 32>>(row.view(1))};
      },
      entry_id);
}

std::optional<CaseKey> case_key_of(db::Read& read, const Subject& subject) {
  auto key = read.one(
      "SELECT s.case_key FROM ledger_entry e JOIN ledger_secret s ON s.id = e.id "
      "WHERE e.subject_kind = $1 AND e.subject_id = $2 AND e.seq = 0",
      [](const db::Row& row) { return array_of<CaseKey>(row.view(0)); }, subject.kind, subject.id);
  if (key) return key;
  const auto waiting = waiting_of(read, subject);
  return waiting.empty() ? std::nullopt : waiting.front().case_key;
}

std::optional<PublicKey> citizen_key_of(db::Read& read, const Subject& subject) {
  std::optional<PublicKey> waiting;
  for (const Waiting& each : waiting_of(read, subject))
    if (const auto key = registered_in(each.entry.payload)) waiting = key;
  if (waiting) return waiting;
  const auto payload = read.one(
      "SELECT payload FROM ledger_entry WHERE subject_kind = $1 AND subject_id = $2 "
      "AND event IN ('received', 'rekeyed') ORDER BY seq DESC LIMIT 1",
      [](const db::Row& row) { return row.text(0); }, subject.kind, subject.id);
  return payload ? registered_in(*payload) : std::nullopt;
}

std::optional<Head> head(db::Read& read) {
  return read.one("SELECT size, root, note, at FROM ledger_head ORDER BY size DESC LIMIT 1",
                  to_head);
}

std::optional<Head> first_head_over(db::Read& read, std::int64_t index) {
  return read.one(
      "SELECT size, root, note, at FROM ledger_head WHERE size > $1 ORDER BY size LIMIT 1", to_head,
      index);
}

std::optional<Log> find_log(db::Read& read) {
  return read.one("SELECT origin, vkey, opened_at FROM ledger_log WHERE id = 1",
                  [](const db::Row& row) { return Log{row.text(0), row.text(1), row.instant(2)}; });
}

std::optional<Last> find_last(db::Read& read, const Subject& subject) {
  auto last = read.one(
      "SELECT e.seq, e.event, l.leaf, o.case_key, o.is_dummy "
      "FROM ledger_entry e JOIN ledger_leaf l ON l.id = e.id "
      "LEFT JOIN ledger_entry f ON f.subject_kind = $1 AND f.subject_id = $2 AND f.seq = 0 "
      "LEFT JOIN ledger_secret o ON o.id = f.id "
      "WHERE e.subject_kind = $1 AND e.subject_id = $2 ORDER BY e.seq DESC LIMIT 1",
      [](const db::Row& row) {
        const auto event = event_of(row.view(1));
        if (!event) corrupt("an entry of the ledger has an unknown word");
        Last found{row.integer(0), *event, merkle::hash_leaf(as_bytes(row.view(2))), {}};
        if (!row.is_null(3)) found.case_key = array_of<CaseKey>(row.view(3));
        found.waits = !row.is_null(4);
        return found;
      },
      subject.kind, subject.id);
  if (last && !last->waits) return last;
  const std::vector<Waiting> waiting = waiting_of(read, subject);
  if (waiting.empty()) return last;
  const Waiting& newest = waiting.back();
  return Last{.seq = newest.entry.seq,
              .event = newest.entry.event,
              .leaf_hash = merkle::hash_leaf(newest.leaf),
              .case_key = last ? last->case_key : waiting.front().case_key,
              .waits = true};
}

}  // namespace ln::ledger
