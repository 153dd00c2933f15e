// What becomes of a promised case when its promise changes elsewhere: the commitment that it is
// (decision 51) was given another day, with its sender's consent or a sooner one by the office, or
// the office said that it cannot keep it. Joined in src/app, in the transaction of that act.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "core/ledger/ledger.h"
#include "feature/feedback/feedback.h"
#include "platform/db/db.h"

namespace ln::feedback {

// The last day of the promise is `day` now. Refuses (not_found) a case that is not there,
// (conflict) one that is not promised, and what the ledger refuses.
Result<Feedback> change_promised_day(
    db::Write& write, FeedbackId id, Day day, const ledger::Salts& salts, Instant now);

// The office does not keep it: the case is overdue from today on, so that its sender may have it
// taken up again at once. Refuses as above, and (conflict) when the day is over already.
Result<Feedback> give_up_promise(db::Write& write,
                                 FeedbackId id,
                                 const ledger::Salts& salts,
                                 Instant now);

}  // namespace ln::feedback
