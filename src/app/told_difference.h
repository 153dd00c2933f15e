// A difference that the told check found, as administrators are told of it.
#pragma once

#include "core/ledger/ledger_alarm.h"
#include "platform/db/db.h"

namespace ln::app {

// A fault of check_told with its room apart, and with the code of the case it is about. A case that
// is protected or held is named by its line alone, and so is one whose row cannot be read.
ledger::Difference difference_of(db::Read& read, ledger::Fault fault);

}  // namespace ln::app
