// What the actions of ballots share. For this room's actions only.
#pragma once

#include <string>
#include <string_view>

#include "core/ledger/ledger.h"
#include "feature/ballot/ballot_store.h"

namespace ln::ballot {

Error none();        // no such ballot, or not theirs
Error changed();     // somebody was faster
Error wrong_slip();  // wrong code, wrong secret, or off the list: one sentence
Error beside(std::string_view field, TextKey text);

// SHA-256, 32 bytes.
std::string hash_bytes(std::string_view text);
// The chain of the ledger to which each vote adds a line that nobody can read.
ledger::Subject box_chain(BallotId id);

struct Told {
  Happening what{};
  std::int64_t count = 0;
  std::string hash{};  // 32 bytes
  Instant until{};     // whole seconds
  Instant at{};
};
// Says it in clear; gives the line.
Result<std::int64_t> tell(db::Write& write, const Ballot& ballot, const Told& told);

}  // namespace ln::ballot
