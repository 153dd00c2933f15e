// Whether a night of open data is the one that the public log tells of, from a copy of what the
// log serves, without a network.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/time.h"
#include "core/ledger/ledger.h"

namespace ln::app {

// What the log is asked for.
struct OpenClaim {
  Day night{};
  ledger::Hash manifest{};                        // of that night
  std::map<std::int64_t, std::string> surveys{};  // insight::Recomputed::survey_hashes
};

// `folder` holds `checkpoint` and `tile/entries/…`, under the names they have below /ledger
// (docs/formats/ledger.md). Reads every leaf, makes the root again and compares it with that of the
// checkpoint; looks for the line that says the manifest of the night (two that differ are a fault),
// and for the line that closed each survey with the hash of its counts. One line for each thing
// that is not so; empty when all is well. Whose signatures stand under the checkpoint is the
// business of `verify`. Holds one bundle of leaves at a time.
std::vector<std::string> log_faults(const std::string& folder, const OpenClaim& claim);

}  // namespace ln::app
