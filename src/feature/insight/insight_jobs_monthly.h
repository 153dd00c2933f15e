// The monthly trees of sums: made when all days of a month were told, and made again by whoever
// verifies. What stands in them: core/ledger/ledger_sum.h.
#pragma once

#include <string>
#include <vector>

#include "base/random.h"
#include "core/ledger/ledger_store_sum.h"
#include "feature/insight/insight_jobs_facts.h"
#include "platform/db/db.h"

namespace ln::insight {

// What is known of the leaves of one tree.
struct KnownTree {
  std::string unit;
  std::size_t figure = 0;
  std::vector<ledger::Hash> labels{};  // ascending
  std::size_t lost = 0;                // leaves of cases whose key was erased
};
// Of all trees of a month, by unit and then in the figures' order.
std::vector<KnownTree> known_trees(db::Read& read, const OpenMonth& month);

// Why the labels that are stored are not those of the tree that `row` tells; empty when they are.
std::string fault_of(const KnownTree& known,
                     const std::vector<ledger::Hash>& stored,
                     const ledger::SumRow& row);

// Announces every month whose days were all told and that was not told itself, with its trees, in
// their order, at most `most` of them; gives how many. `kept` is what was read before, by this
// caller alone. Several nodes may try: each month is announced once.
int announce_months(
    db::Database& database, DailyReader& kept, Random& random, Instant now, int most = 60);
// Announces the days that are due (insight_jobs_facts.h), and then the months.
void announce_due(db::Database& database, DailyReader& kept, Random& random, Instant now);
// The same for one month inside a transaction, for whoever makes many at once. Whether there was
// one. `seed` stands for the labels of erased cases; it is drawn before, and kept by nobody.
bool announce_month(db::Write& write, DailyReader& kept, const ledger::Hash& seed, Instant now);

}  // namespace ln::insight
