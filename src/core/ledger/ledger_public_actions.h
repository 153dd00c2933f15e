// Saying something to everybody, for ever, in the caller's transaction; and finding it again.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "core/ledger/ledger_public.h"
#include "platform/db/db.h"

namespace ln::ledger {

// Appends `fact` as a line in clear. Draws nothing and reads no clock, so a commit may run it
// again. Gives the index of its leaf. Refuses (unavailable) while nothing is written
// (ledger_stop.h).
Result<std::int64_t> announce(db::Write& write, const Fact& fact);

// The last fact of a kind, by its place in fact_words.
std::optional<Stored> last_fact(db::Read& read, std::size_t fact_kind);
// Facts in lines before the line `index`, the newest first.
std::vector<Stored> facts_before(db::Read& read, std::int64_t index, std::int64_t limit);

// Announces the log's key and the policy of the city when they are not what was announced last, or
// nothing was. Several nodes may try.
void announce_keys(db::Database& database, Instant now);

}  // namespace ln::ledger
