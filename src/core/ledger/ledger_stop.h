// When the ledger does not fit itself, nothing is added to it any more: what is there stays
// readable, and every further line would only bury the traces. It stays so until the program is
// started again, which looks again.
#pragma once

#include <string>

#include "base/result.h"

namespace ln::ledger {

// Stops this process from appending, and says why in the log; the first reason stays. Thread-safe,
// as are the next two.
void stop_writing(const std::string& why);
// Why nothing is appended; empty when all is well. For administrators, in English.
std::string stopped_because();
// Refuses (unavailable) while writing is stopped. append() and check() ask it first; an act that
// writes something else before asks it itself.
Result<Done> may_write();

// For tests, which share one process.
void resume_writing();

}  // namespace ln::ledger
