// Rows of the ledger ⇄ types. Everything here reads; what writes is ledger_actions.h and
// ledger_sealer.h.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "core/ledger/ledger.h"
#include "platform/db/db.h"

namespace ln::ledger {

// In the order in which they happened.
std::vector<Stored> entries_of(db::Read& read, const Subject& subject);
// The spine, for jobs: entries with a greater id, oldest first, at most `limit`. A job keeps the id
// of the last one it has dealt with; ids may skip numbers.
std::vector<Stored> entries_after(db::Read& read, std::int64_t id, std::int64_t limit);
// The one that opened the subject.
std::optional<Stored> first_entry_of(db::Read& read, const Subject& subject);
std::optional<Stored> entry_at(db::Read& read, std::int64_t index);
// The newest one of the subject.
std::optional<Stored> last_entry_of(db::Read& read, const Subject& subject);
// Those that say a public fact, with smaller ids, the newest first.
std::vector<Stored> announced_before(db::Read& read, std::int64_t id, std::int64_t limit);

// The subjects of `kind` to which one of two events happened, among the entries with ids above
// `over` and at most `to`; for jobs that look for few among many.
std::vector<std::int64_t> subjects_with(db::Read& read,
                                        std::string_view kind,
                                        std::pair<Event, Event> events,
                                        std::int64_t over,
                                        std::int64_t to);
std::int64_t last_entry_id(db::Read& read);

// How often each event has happened to cases in [from, to); for public figures, which add up whole
// days.
std::vector<std::pair<Event, std::int64_t>> count_events(db::Read& read, Instant from, Instant to);

// The bytes of the leaf at `index`.
std::optional<std::string> leaf_at(db::Read& read, std::int64_t index);
std::int64_t leaf_count(db::Read& read);

// What opens an entry's leaf; null once it is erased.
std::optional<Salts> salts_of(db::Read& read, std::int64_t entry_id);
// The key that tags a subject's events; null once it is erased.
std::optional<CaseKey> case_key_of(db::Read& read, const Subject& subject);
// The key whose holder may act for the citizen: of the last entry that registered one.
std::optional<PublicKey> citizen_key_of(db::Read& read, const Subject& subject);

// The newest signed head. The public sees another one (ledger_store_tree.h).
std::optional<Head> head(db::Read& read);
// The head that was signed when the leaf at `index` was sealed: the one its first receipt is under.
std::optional<Head> first_head_over(db::Read& read, std::int64_t index);

// The log's name and public key; null before its first start.
struct Log {
  std::string origin;
  std::string vkey;
  Instant opened_at;
};
std::optional<Log> find_log(db::Read& read);

// What a new event of an existing subject needs to know about the ones before it.
struct Last {
  std::int64_t seq = 0;
  Event event{};
  Hash leaf_hash{};
  std::optional<CaseKey> case_key;  // null: what opened it is gone
};
std::optional<Last> find_last(db::Read& read, const Subject& subject);

}  // namespace ln::ledger
