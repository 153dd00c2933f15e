// The monthly trees of sums in the database: writing them with the fact that says their roots, and
// finding the way from a label to a root.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "core/ledger/ledger_public.h"
#include "core/ledger/ledger_sum.h"
#include "platform/db/db.h"

namespace ln::ledger {

// The labels of one tree, in ascending order; none twice.
struct SumTree {
  std::string unit;
  std::size_t figure = 0;
  std::vector<Hash> labels;
};

// A month with its trees, which stand in the order of `fact.sums`, one for each row.
struct Month {
  MonthlyFact fact;
  std::vector<SumTree> trees;
};
// The fact that these trees give. Precondition: none is empty, and they stand by unit and figure.
MonthlyFact monthly_fact(std::chrono::year_month month,
                         Instant at,
                         const std::vector<SumTree>& trees);

// Announces the fact, in parts, and stores the trees. Draws nothing. Refuses as announce() does.
Result<Done> announce_month(db::Write& write, const Month& month);

// Where a label stands.
struct FoundLabel {
  std::int64_t fact_id = 0;  // of the entry of the monthly fact
  merkle::SumProof proof;
};
// The tree of `unit` and `figure` that holds the label; null when none does. Reads one part of each
// month's tree and, of the one it is in, the roots of the others.
std::optional<FoundLabel> find_label(db::Read& read,
                                     std::string_view unit,
                                     std::size_t figure,
                                     const Hash& label);

// All labels of the tree of one row, as they are stored; empty when there are none.
std::vector<Hash> labels_of(db::Read& read,
                            std::int64_t fact_id,
                            std::string_view unit,
                            std::size_t figure);

// Calls `body` with the key of each subject of `kind` in [first, last] that still has one, in
// ascending order.
void each_case_key(db::Read& read,
                   std::string_view kind,
                   std::pair<std::int64_t, std::int64_t> range,
                   const std::function<void(std::int64_t subject, const CaseKey& key)>& body);

// The day of the first daily fact that tells a number of `unit` and `figure` and counts an event in
// the line `index` on `day` or later: from then on it is said in public. Null when there is none.
std::optional<Day> told_on(
    db::Read& read, std::string_view unit, std::size_t figure, std::int64_t index, Day day);
// Whether the monthly fact of `month` stands in the log.
bool is_told(db::Read& read, std::chrono::year_month month);

}  // namespace ln::ledger
