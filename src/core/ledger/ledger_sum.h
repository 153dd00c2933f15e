// The months' trees of sums: which cases a public number has counted, so that each case's holder
// can check that hers is among them (docs/decisions/0019-sum-tree.md). Pure.
//
// The tree of a month, unit and figure has a leaf for each case of the stretches that ended in that
// month, each counting one (engine/merkle/merkle_sum.h), in the order of their labels. A label is
//
//   HMAC-SHA256(case key, "langnghe/sum/v1\n" || uint32be(seq) || figure)
//
// of the event that was counted: the answer, the closing, the sending itself; for `overdue`, which
// is no event, the sending. So who has the case key finds the case in the tree, nobody else can
// tell one label from another, two cases never share one, and an erased case has a label that is
// nobody's.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "core/ledger/ledger.h"
#include "engine/merkle/merkle_sum.h"

namespace ln::ledger {

// `figure` is a place in figure_words (ledger_public.h). Precondition: seq is from 0 to 2^32 - 1.
Hash sum_label(const CaseKey& key, std::size_t figure, std::int64_t seq);

// Instead of the label of a case whose key was erased before the tree was made: the n-th from
// `seed`.
Hash lost_label(const Hash& seed, std::size_t n);

// A case, counted once in one figure.
struct Counted {
  std::int64_t subject = 0;
  std::int64_t seq = 0;  // of the event
  friend auto operator<=>(const Counted&, const Counted&) = default;
};

// Where a case is to be counted, by its own events: what the daily facts count (insight_daily.h).
struct Counting {
  std::size_t figure = 0;
  std::int64_t seq = 0;    // of the event whose label stands in the tree
  std::int64_t index = 0;  // the line of that event
  Day day{};               // on which it counts, or the next that was not ended
  std::string unit{};      // its public code
};
// In the order of the events; `entries` are all of one case, without those that wait. An overdue
// case counts from the end of its day, as at `now`.
std::vector<Counting> countings_of(std::span<const Stored> entries, Instant now);

// Whether an event may stand in a tree of `figure`, by its word and whether its sender has signed.
bool may_count(std::size_t figure, std::string_view event, bool is_signed);

}  // namespace ln::ledger
