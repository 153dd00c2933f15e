// Writing down an order to hand something out: counted in public in the same transaction.
#pragma once

#include "base/result.h"
#include "core/people/people.h"
#include "feature/feedback/feedback_disclosure.h"
#include "platform/db/db.h"

namespace ln::feedback {

// `disclosure` without number, moment and account. Says it in the public log, where neither the
// case nor the order stands. Gives its number. Refuses (invalid) what check_disclosure refuses, and
// (unavailable) while the log takes no lines.
Result<std::int64_t> disclose(db::Write& write,
                              const people::Ombudsman& ombudsman,
                              const Disclosure& disclosure,
                              Instant now);

}  // namespace ln::feedback
