// Appending to the ledger, in the caller's transaction.
#pragma once

#include "base/result.h"
#include "core/ledger/ledger.h"
#include "core/ledger/ledger_store_waiting.h"
#include "platform/db/db.h"

namespace ln::ledger {

// Appends one entry with its leaf and what opens it: three inserts, and one read when the subject
// is not new. Draws nothing and reads no clock, so a commit may run it again.
//
// An event of a subject whose first event said `waits` is kept apart instead, in one row, and joins
// the log with the batch of its hour; its payload names that hour and no finer time.
//
// Refuses, before it writes anything:
//   forbidden  the act needs the citizen's signature and `entry.citizen` is missing or is not the
//              key the case has registered;
//   conflict   the subject's key was erased: nothing more happens to it;
//   unavailable  the ledger does not fit itself and takes nothing more (ledger_stop.h).
// An act that can be refused and has other things to write asks check() first or appends first.
//
// Preconditions: `entry.case_key` is set exactly for the first event of the subject; `rekeyed` and
// only it and `received` register a key.
Result<Appended> append(db::Write& write, const Entry& entry, const Salts& salts);

// Whether append() would refuse this entry.
Result<Done> check(db::Read& read, const Entry& entry);

// Makes an entry and a leaf of an event that waited. For the job that lets a batch join
// (ledger_jobs_batch.h) only.
void join(db::Write& write, const Waiting& waiting, bool is_dummy);

// Takes away what opens the leaves of `subject`: all salts and its key. The `erased` entry is
// appended before, while there still is a key. The bytes are gone from the files after
// db::Database::scrub().
void erase(db::Write& write, const db::Erasure& permission, const Subject& subject);

}  // namespace ln::ledger
