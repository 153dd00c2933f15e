// The hourly batch of the protected channel.
#pragma once

#include <string_view>

#include "base/random.h"
#include "base/time.h"
#include "core/ledger/ledger.h"
#include "platform/db/db.h"

namespace ln::ledger {

// A batch has a multiple of so many lines, and one whole multiple when nothing waits: how many of
// them are of cases cannot be seen.
inline constexpr std::size_t batch_lines = 16;

// When the batch of an hour is due and has not joined: lets everything that is due join the log in
// random order, filled up with dummies, in one transaction. The events of one case keep their order
// among themselves, because each of them names the one before. Several nodes may try: one does it.
// After a pause of the program there is one batch for all hours that were missed. The first call of
// a log begins the series and adds nothing, unless something waits.
//
// `kind` is the kind of subject that dummies claim to be of. Returns how many lines joined.
std::int64_t join_batch(db::Database& database, std::string_view kind, Random& random, Instant now);

// The salt of a dummy follows from its key, that of an event is random: so whoever has both can
// tell that a line is a dummy, and nobody can call the line of a case one afterwards.
merkle::Salt dummy_salt(const CaseKey& key);

}  // namespace ln::ledger
