// Compares what the ledger says with itself: entries, leaves, what opens them, crowns, signed
// heads, published ones, and the second file.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ledger/ledger.h"
#include "engine/merkle/merkle_checkpoint.h"
#include "platform/db/db.h"

namespace ln::ledger {

// So long after a case was declined, redirected or fell silent an office may erase it; until then
// its sender could have it looked at again, and an erasure would take that away.
inline constexpr std::chrono::days erasable_after{365};

// One thing that does not fit. `what` is for operators and tests, in English.
struct Fault {
  std::int64_t id = 0;  // of the entry or leaf; 0: of the log as a whole; below 0: of what waits
  std::string what;
};

// Runs a task on another thread, some time later. Tasks do not throw.
using Beside = std::function<void(std::function<void()> task)>;

struct AuditOptions {
  // The head in the second file. Read it before the database: the program goes on writing.
  std::optional<merkle::Checkpoint> second{};
  // Called now and then from the calling thread.
  std::function<void(std::int64_t done, std::int64_t all)> progress{};
  // Signatures and commitments are checked there; in the calling thread when it is empty.
  Beside beside{};
};

// What was looked at, and everything that does not fit, in the order of the log; at most 100.
// Erased entries are compared as far as they can be: their payload and place, not their leaf. An
// entry that cannot be opened although its case has no `erased` event is a fault, so is a line of a
// case that is called a dummy, and so is a case
// that an office has erased while it was not over, or not yet out of its sender's reach. What was
// erased again after a restore may have run and bears no signature: it is counted, for somebody to
// compare with the list it came from.
struct Audit {
  std::vector<Fault> faults;
  std::int64_t replayed = 0;
  std::int64_t facts = 0;  // public ones; whether what they say is so, their own rooms compare
  std::int64_t dummies = 0, waiting = 0;
  std::int64_t leaves = 0, entries = 0, erased = 0, heads = 0, crowns = 0, ticks = 0;
};
Audit audit(db::Read& read, const AuditOptions& options);

// The faults alone.
std::vector<Fault> verify_all(db::Read& read);

// Hashes every leaf and compares with the newest signed head: what a restored database must pass.
// Null when they fit. Costs a second for a million leaves.
std::optional<Fault> check_leaves(db::Read& read);

// Whether the line with this payload was told `text` under this salt (32 bytes). A line without a
// body was told nothing. The rooms compare what they keep: their words stand in their own tables.
bool was_told(std::string_view payload, std::string_view body_salt, std::string_view text);

// The root over the first `size` leaves, hashed from them; null when there are fewer.
std::optional<Hash> root_at(db::Read& read, std::int64_t size);

// The cheap look that a running server takes again and again: the newest head is signed by this log
// and is of as many leaves as there are. Null when it is.
std::optional<Fault> check_head(db::Read& read);

}  // namespace ln::ledger
