// Asks the witnesses of the policy to cosign the published head (C2SP tlog-witness).
#pragma once

#include <cstdint>
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
  enum class Kind : std::uint8_t {
    cosigned,           // and that is stored
    failed,             // no answer, or none that says anything about the log
    ahead,              // 409: it has seen more lines than were published here
    sees_other_history  // 422, or 409 to a head of the size it has seen: ours does not continue it
  };
  std::string name;     // in the policy
  std::string failure;  // empty: it has cosigned
  Kind kind = Kind::failed;
};

// One round: sends the published head to each witness that has an address and has not cosigned this
// tick yet, all at the same time, with the proof that it continues the size which that witness has
// seen; a witness that names another size (409) is asked once more from there. Verifies what comes
// back, and stores it. Nobody waits for it but its own thread. Gives one line for each witness that
// was asked. Throws db::Failure.
std::vector<Asked> collect(db::Database& database, const CollectOptions& options);

// The same with every witness, also those that have cosigned this tick: whether they still see the
// history that is here. For the start, before anything new is published: a folder that was rolled
// back does not know what its witnesses have seen since.
std::vector<Asked> compare(db::Database& database, const CollectOptions& options);

// Keeps for ledger_alarm.h which of them see another history, and logs it when it is new. One that
// is ahead counts when `is_alone`; else another node may just have published. One that did not
// answer says nothing.
void note_histories(const std::vector<Asked>& answers, bool is_alone);

}  // namespace ln::ledger
