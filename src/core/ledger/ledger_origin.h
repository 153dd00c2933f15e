// Beginning a log under a new name over the leaves of an older one.
//
// When a city has lost rows that it had signed for (a restored backup that is older than the last
// head), or its key, going on under the old name would sign a second history. The honest way is a
// log with another name and key. It keeps the leaves that are left at their places, and its first
// line of its own is a public fact (OriginFact) with the last head of the old log, so that
// everybody can see what was there before and how much of it is gone. Receipts of the old log stay
// good under the old log's heads.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/ledger/ledger_public.h"
#include "engine/merkle/merkle_checkpoint.h"
#include "platform/db/db.h"

namespace ln::ledger {

// The fact that a log of another name begins now, after all leaves there are. `note` is the last
// head that the log before is known to have signed, or null: then its newest one here. Other
// signatures in the note are left out. Refuses (invalid)
//   ledger.origin.not_signed  the note is no head that the log before has signed;
//   ledger.origin.forged      it is of no more leaves than there are, and not of these leaves.
Result<OriginFact> origin_after(db::Read& read,
                                const std::optional<std::string>& note,
                                Instant now);

// Begins the log of `signer` over the one in the database: from now on that is the database's log,
// `fact` is its first line, and its first head is signed, all in one transaction. Before the Sealer
// is opened (ledger_sealer.h), in a database that nobody serves. Throws db::Failure when the
// database holds another log or other leaves than the fact says, or the same name.
void begin_over(db::Database& database, const merkle::Signer& signer, const OriginFact& fact);

// A log whose leaves this one has kept.
struct Former {
  merkle::Verifier key;
  std::int64_t kept = 0;    // of its leaves; its heads here are of no more
  merkle::Checkpoint last;  // its last head that is known
};
// The logs before this one, the oldest first, as their facts say.
std::vector<Former> former_logs(db::Read& read);
// Who signed a head of `size` leaves: one of the logs before, or `current`.
const merkle::Verifier& signer_of(const std::vector<Former>& former,
                                  std::int64_t size,
                                  const merkle::Verifier& current);

}  // namespace ln::ledger
