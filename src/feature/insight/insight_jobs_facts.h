// Saying in public what a day was like, and which deadlines are in force. What the facts are:
// core/ledger/ledger_public.h, insight_daily.h.
#pragma once

#include "feature/insight/insight_jobs_daily.h"
#include "platform/db/db.h"

namespace ln::insight {

// Announces every day that is over and was not announced, in their order, at most `most` of them;
// gives how many. `kept` is what was read before, by this caller alone. Several nodes may try: each
// day is announced once.
int announce_days(db::Database& database, DailyReader& kept, Instant now, int most = 60);
// The same for one day inside a transaction, said as soon as it was due: for whoever makes many
// days at once. Whether there was one.
bool announce_day(db::Write& write, DailyReader& kept, Instant now);

// Announces the table of deadlines when it is not the one announced last, or none was.
void announce_deadlines(db::Database& database, Instant now);

}  // namespace ln::insight
