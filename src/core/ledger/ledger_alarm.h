// What this process has found to differ from history, kept for whoever must see to it: rows beside
// the ledger that are not what it was told, and witnesses that have seen another history. It stops
// nothing (ledger_stop.h does); it is what the band of administrators, /readyz and /metrics tell.
//
// In memory alone: every start looks again, and so does every night. Thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/text_key.h"
#include "core/ledger/ledger_verify.h"

namespace ln::ledger {

// A row beside the ledger that is not what its line was told.
struct Difference {
  std::string room;    // as its folder is called, "feedback"
  Fault fault;         // `what` without the room
  std::string code{};  // of the case it is about; empty: of none, or of one that is protected
};

// What the last look found takes the place of what the look before found.
void set_differences(std::vector<Difference> found);
std::vector<Difference> differences();
std::size_t difference_count();

// Why this process stopped writing, as it was found; empty while it writes, and when the reason is
// no fault of a line. Told beside stop_writing().
void set_stop_faults(std::vector<Fault> found);
std::vector<Fault> stop_faults();

// Whether this witness has seen another history than ours: a head that ours does not continue, or
// more lines than we know of. It stays until the witness cosigns again.
void set_other_history(const std::string& witness, bool sees);
std::vector<std::string> other_histories();  // names, sorted

// A fault in the words of the reader's language. The English sentence stays in the log and in what
// `langnghe verify` prints; these are fewer, because a reader has to know what kind of thing it is
// and not in which of thirty ways it was found.
TextKey name_of(const Fault& fault);
// The name of a room of the told check; the title of the ledger itself for any other.
TextKey room_name(std::string_view room);

}  // namespace ln::ledger
