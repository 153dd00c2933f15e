// Words beside the ledger that go while the chain they were told in stays.
#pragma once

#include "core/ledger/ledger.h"
#include "platform/db/db.h"

namespace ln::ledger {

// Takes away what would let anybody try words against the lines of a chain. All else of it still
// opens: it bears no `erased` of its own, and a chain that does not open and says nothing of an
// erasure is one that somebody cut.
void forget_body_salts(db::Write& write, const db::Erasure& permission, const Subject& subject);

}  // namespace ln::ledger
