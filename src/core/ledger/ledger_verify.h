// Compares what the ledger says with itself: entries, leaves, what opens them, and signed heads.
#pragma once

#include <string>
#include <vector>

#include "core/ledger/ledger.h"
#include "platform/db/db.h"

namespace ln::ledger {

// One thing that does not fit. `what` is for operators and tests, in English.
struct Fault {
  std::int64_t id = 0;  // of the entry or leaf; 0: of the log as a whole
  std::string what;
};

// Everything that does not fit, in the order of the log; at most 100. Erased entries are compared
// as far as they can be: their payload and place, not their leaf.
std::vector<Fault> verify_all(db::Read& read);

}  // namespace ln::ledger
