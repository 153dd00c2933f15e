// The file with which the holder of a case shows that the case was counted: the way from its leaf
// to the root of a monthly tree of sums, and two receipts, of the line that says the root and of
// the event that was counted. Anybody examines it offline. Bytes: docs/formats/ledger.md.
//
//   langnghe/counted@v1
//   unit <code, or *>
//   figure <word>
//   left|right <sum> <base64>     the other child on each step up
//   (blank)
//   <receipt of the monthly fact; its extra is the leaf of that line>
//   --
//   <receipt of the event; its extra is the opening>
//   --
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/ledger/ledger_opening.h"
#include "core/ledger/ledger_public.h"
#include "core/ledger/ledger_store_sum.h"
#include "engine/merkle/merkle_checkpoint.h"
#include "engine/merkle/merkle_sum.h"
#include "platform/db/db.h"

namespace ln::ledger {

// A fact, an opening and two proofs need a tenth of it.
inline constexpr std::size_t counted_size_max = 256 * 1024;

struct CountedProof {
  std::string unit;
  std::size_t figure = 0;
  merkle::SumProof steps{};
  merkle::Receipt fact{}, event{};

  std::string text() const;
  // Null for everything text() does not write, and above counted_size_max. Verifies nothing.
  static std::optional<CountedProof> parse(std::string_view text);
};

// What such a file shows.
struct CountedExamined {
  Examined event;
  MonthlyFact fact;
  SumRow row;  // that counts it
  merkle::Checkpoint head{};
  std::optional<merkle::Verdict> verdict{};  // of the fact's head; null when no policy was given
};

// Checks both receipts, that the event may be counted in this figure (and a sending in its own unit
// or the whole city), and that its leaf leads to the root and the sum that the fact tells. Refuses
// (invalid) with the sentence that says which of these is not so.
Result<CountedExamined> examine_counted(const CountedProof& proof, const merkle::Policy* policy);

// --- what an installation says to the holder of a case -------------------------------------------

enum class CountState : std::uint8_t {
  counted,   // its leaf is in the tree of a month that was told
  told,      // it is in a number that was told; the month is not over, or its tree is to come
  waiting,   // its stretch was not told yet: too few cases, or the stretch goes on
  left_out,  // it is in a number that was told, and not in the month's tree
};
std::string_view to_text(CountState state);

struct CountStatus {
  Counting counting;
  CountState state = CountState::waiting;
  std::string unit{};  // where it is, or would be, counted
  std::optional<std::chrono::year_month> month{};
  std::int64_t sum = 0;  // of the tree, where it is counted
  std::optional<FoundLabel> found{};
};
// Of each figure in which a case is to be counted. `is_apart` is a case about conduct or a
// protected one, counted for the whole city alone. What waits for the batch of its hour is not in
// it. Empty when the case was erased. `entries` are those of `subject`.
std::vector<CountStatus> count_states(db::Read& read,
                                      const Subject& subject,
                                      bool is_apart,
                                      Instant now);

// The file of one of them. Null when it is not counted, or the fact is not under a signed head.
std::optional<CountedProof> counted_proof(db::Read& read,
                                          const Subject& subject,
                                          std::string_view code,
                                          const CountStatus& status);

}  // namespace ln::ledger
