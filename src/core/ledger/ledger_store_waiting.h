// The protected channel: what happens to a protected case waits, durably and in the transaction of
// the act, and joins the public log with the batch of its hour, shuffled among dummies
// (ledger_jobs_batch.h, docs/decisions/0018-protected-channel.md). Until then a signed promise is
// the receipt (ledger_promise.h).
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "core/ledger/ledger.h"
#include "platform/db/db.h"

namespace ln::ledger {

// So long before a full hour its batch joins: early enough for the tick before the hour and for
// the witnesses of that tick, so that "before three o'clock" can be shown to be true.
inline constexpr std::chrono::minutes batch_lead{15};

// The full hour before which the log holds what happens at `now`.
Instant joins_before(Instant now);
// The newest full hour whose batch is to join at `now`.
Instant batch_due_at(Instant now);
// The hour in which `now` lies, in Unix time: all that is kept of a time in this channel.
Instant coarse(Instant now);

// One event that waits.
struct Waiting {
  Stored entry;
  Leaf leaf{};
  std::optional<Salts> salts{};       // null: its case was erased
  std::optional<CaseKey> case_key{};  // with the first event of a case that was not erased
};

// What waits of one subject, in the order in which it happened.
std::vector<Waiting> waiting_of(db::Read& read, const Subject& subject);
// How many events wait, and how many of them should stand in the log by `now`.
struct WaitingCount {
  std::int64_t all = 0, overdue = 0;
};
WaitingCount count_waiting(db::Read& read, Instant now);
// What is due by the full hour `due_at`, the oldest first.
std::vector<Waiting> waiting_until(db::Read& read, Instant due_at, std::int64_t limit);
// The newest full hour whose batch has joined; null before the first.
std::optional<Instant> last_batch(db::Read& read);

// Lets an event wait for the hour in `entry.before`. Precondition: it is set.
void insert_waiting(db::Write& write, const Waiting& waiting);
// Takes away what waits until `due_at` and is among the first `count` of that: it joins the log in
// the same transaction.
void remove_waiting(db::Write& write,
                    const db::Erasure& permission,
                    Instant due_at,
                    std::int64_t count);
// Takes away what opens the waiting events of an erased subject. They join the log all the same.
void close_waiting(db::Write& write, const db::Erasure& permission, const Subject& subject);

}  // namespace ln::ledger
