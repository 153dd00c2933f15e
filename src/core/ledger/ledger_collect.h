// Asks the witnesses of the policy to cosign the published head (C2SP tlog-witness).
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/ledger/ledger_store_witness.h"
#include "platform/http/client.h"

namespace ln::ledger {

// How far a witness's clock may be from ours: a cosignature says when the head was seen.
inline constexpr std::chrono::minutes witness_clock_max{5};

struct CollectOptions {
  std::function<Instant()> clock;
  http::ClientLimits limits = {};
  std::stop_token stop = {};
};

// What one witness answered to one round.
struct Asked {
  std::string name;     // in the policy
  std::string failure;  // empty: it has cosigned, and that is stored
};

// One round: sends the published head to each witness that has an address and has not cosigned this
// tick yet, all at the same time, with the proof that it continues the size which that witness has
// seen; a witness that names another size (409) is asked once more from there. Verifies what comes
// back, and stores it. Nobody waits for it but its own thread. Gives one line for each witness that
// was asked. Throws db::Failure.
std::vector<Asked> collect(db::Database& database, const CollectOptions& options);

}  // namespace ln::ledger
